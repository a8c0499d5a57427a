import type { WatchInput } from '../../src/activities/watch-input';
import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../src/domain/monitoring/policy';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  decide,
  doingStep,
  inPhase,
  once,
  type Scenario,
} from '../support/simulator/scenario';
import type { Simulation } from '../support/simulator/simulate';
import { decodeAll } from '../support/simulator/payloads';

/** A live deployment made way: its old fleet stands by, and the watch on what it brought is to go on. */
const WARM: Partial<Scenario> = { before: 'warm' };

function effects({ world }: Simulation): readonly string[] {
  const own = world.target.journal.filter(({ epoch, repeat }) => epoch > 2 && !repeat);
  return own.map(({ effect }) => effect);
}

function retired({ world }: Simulation): readonly unknown[] {
  return world.target.journal
    .filter(({ effect, epoch }) => effect === 'retire' && epoch > 2)
    .map(({ detail }) => detail['revision']);
}

test('the fleet that stands by goes only when the newcomer is healthy and about to serve', async () => {
  const simulation = await checked(WARM);
  const { older, stable } = simulation.world;
  expect(simulation.status.outcome).toBe('succeeded');
  expect(effects(simulation).slice(0, 5)).toEqual([
    'claim',
    'route',
    'ensure',
    'retire',
    'weights',
  ]);
  expect(retired(simulation)).toEqual([older?.digest, stable?.digest]);
});

test('a rollback before users see the newcomer cancels it and goes to the fleet that stands by', async () => {
  const happenings = once(inPhase('rollout'), decide('rollback', { actor: 'ann' }), 3_000);
  const simulation = await checked({ ...WARM, happenings, candidate: { startsInMs: 10_000 } });
  const { older, stable, candidate, records } = simulation.world;
  expect(simulation.status).toMatchObject({
    outcome: 'rolled-back',
    stable: older?.digest,
    observed: { stable: 100, candidate: 0 },
  });
  const { observed } = await simulation.world.target.router.observe(
    { service: 'shop', environment: 'production' },
    new AbortController().signal,
  );
  expect(observed).toEqual({ [older?.digest ?? '']: 100 });
  const record = await records.read({ service: 'shop', environment: 'production' });
  expect(record.stable?.revision.digest).toBe(older?.digest);
  expect(record.warm).toBeNull();
  expect(record.holds.map(({ revision }) => revision)).toEqual([stable?.digest]);
  expect(retired(simulation)).toEqual(expect.arrayContaining([stable?.digest, candidate.digest]));
});

test('a rollback before any effect of the newcomer goes to the fleet that stands by as well', async () => {
  const approval = { approvers: [], quorum: 1, deadlineMs: 60_000, onDeadline: 'reject' } as const;
  const happenings = once(inPhase('authorize'), decide('rollback', { actor: 'ann' }));
  const simulation = await checked({ ...WARM, approval, happenings });
  expect(simulation.status.outcome).toBe('rolled-back');
  expect(effects(simulation)).toEqual(['claim', 'ensure', 'weights', 'retire', 'release']);
});

test('an abort only ends the newcomer: what is live stays, and what stands by stands by', async () => {
  const happenings = once(inPhase('rollout'), decide('abort', { actor: 'ann' }));
  const simulation = await checked({ ...WARM, happenings, candidate: { startsInMs: 10_000 } });
  const { older, stable, target } = simulation.world;
  expect(simulation.status.outcome).toBe('cancelled');
  const fleets = await target.fleet.describe(
    { service: 'shop', environment: 'production' },
    new AbortController().signal,
  );
  const standing = fleets.map(({ revision }) => revision);
  expect(standing).toContain(stable?.digest);
  // Its window is over by the end of the simulation: the target itself has retired it.
  expect(retired(simulation)).not.toContain(older?.digest);
});

test('harm that what is live does while the newcomer prepares takes the traffic to the fleet that stands by', async () => {
  const approval = {
    approvers: [],
    quorum: 1,
    deadlineMs: 100_000,
    onDeadline: 'reject',
  } as const;
  const happenings = once(inPhase('authorize'), {
    kind: 'behave',
    who: 'stable',
    change: { errorRate: 0.5 },
  });
  const simulation = await checked({ ...WARM, approval, happenings });
  expect(simulation.status.outcome).toBe('rolled-back');
  expect(simulation.status.cause).toContain('gave way');
  expect(effects(simulation)).toEqual(['claim', 'ensure', 'weights', 'retire', 'release']);
});

test('the newcomer watches on with the evidence of the one that made way', async () => {
  const simulation = await checked(WARM);
  const watched = simulation.events.filter(
    ({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled?.activityType?.name === 'watch',
  );
  expect(watched.length).toBeGreaterThan(1);
});

const PROBED: MonitoringPolicy = {
  ...DEFAULT_MONITORING,
  probe: { path: '/earlier', perSecond: 2 },
};

test('the newcomer watches on with the sources and the probe of the one that made way', async () => {
  const inherited = await checked({ ...WARM, warmMonitoring: PROBED });
  expect(inheritedWatch(inherited)?.monitoring).toMatchObject({
    probe: PROBED.probe,
    alerting: 'off',
  });
  const fromOldRecord = await checked({ ...WARM, monitoring: PROBED });
  expect(inheritedWatch(fromOldRecord)?.monitoring.probe).toEqual(PROBED.probe);
});

test('one that makes way leaves word of what it is watched with', async () => {
  const happenings = once(inPhase('warm'), decide('supersede', { actor: 'ci' }));
  const { status, world } = await checked({ monitoring: PROBED, happenings });
  expect(status.outcome).toBe('succeeded');
  const record = await world.records.read({ service: 'shop', environment: 'production' });
  expect(record.warm?.monitoring).toMatchObject({ probe: PROBED.probe, sources: [] });
});

function inheritedWatch({ events }: Simulation): WatchInput | undefined {
  return events
    .filter(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType?.name === 'watch',
    )
    .map(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        decodeAll(scheduled?.input?.payloads)[0] as WatchInput,
    )
    .find(({ stepId }) => stepId === 'inherited');
}

test('in the gap of recreate a rollback still finds the fleet that stands by', async () => {
  const simulation = await checked({
    ...WARM,
    strategy: { kind: 'recreate', mostWaitMs: 30_000, overlap: 'none' },
    candidate: { startsInMs: 10_000 },
    happenings: [
      {
        when: ({ steps }) =>
          steps.some(({ kind, state }) => kind === 'awaitHealthy' && state === 'doing'),
        plusMs: 1_000,
        what: decide('rollback', { actor: 'ann' }),
      },
    ],
  });
  const { older, records } = simulation.world;
  expect(simulation.status.outcome).toBe('rolled-back');
  const record = await records.read({ service: 'shop', environment: 'production' });
  expect(record.stable?.revision.digest).toBe(older?.digest);
  expect(effects(simulation)).toContain('release-queue');
});

test.each([1, 2, 3, 4])(
  'a newcomer that ends while it retires what stood by was seen by nobody (seed %d)',
  async (seed) => {
    const happenings = once(doingStep('shift'), decide('supersede', { actor: 'ci' }));
    const simulation = await checked({ ...WARM, seed, strategy: BLUE_GREEN, happenings });
    const { status } = simulation;
    expect(status.outcome).toBe('superseded');
    expect(status.firstTrafficAtMs).toBeNull();
  },
);
