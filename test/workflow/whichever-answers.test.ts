import type { StrategyConfig } from '../../src/domain/rollout/strategy';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  decide,
  doingStep,
  inPhase,
  once,
  RECREATE,
  REF,
  ROLLING,
} from '../support/simulator/scenario';
import type { Simulation } from '../support/simulator/simulate';

const NEVER = new AbortController().signal;
const CRASH = { crash: 'exit code 1' };
const STABLE_DIES = { kind: 'behave', who: 'stable', change: CRASH } as const;
const CANDIDATE_DIES = { kind: 'behave', who: 'candidate', change: CRASH } as const;

const OF_FOUR = { instances: 4, stableInstances: 4 } as const;
const SURGE: StrategyConfig = {
  ...ROLLING,
  maxSurge: { unit: 'count', count: 1 },
  maxUnavailable: { unit: 'count', count: 0 },
};
const NO_SURGE: StrategyConfig = {
  ...ROLLING,
  maxSurge: { unit: 'count', count: 0 },
  maxUnavailable: { unit: 'count', count: 1 },
};

async function observed({ world }: Simulation): Promise<Readonly<Record<string, number>>> {
  return (await world.target.router.observe(REF, NEVER)).observed;
}

function minutes({ endedAtMs, status }: Simulation): number {
  return (endedAtMs - status.startedAtMs) / 60_000;
}

test('a candidate that dies on the way back does not keep stable from its traffic', async () => {
  const simulation = await checked({
    ...OF_FOUR,
    strategy: SURGE,
    happenings: [
      ...once(inPhase('warm'), decide('rollback'), 1_000),
      ...once(doingStep('back-'), CANDIDATE_DIES),
    ],
  });
  expect(simulation.status.outcome).toBe('rolled-back');
  expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
  expect(minutes(simulation)).toBeLessThan(5);
});

test('recreate: where stable does not start again, the candidate that still stands keeps the traffic', async () => {
  const simulation = await checked({
    strategy: { ...RECREATE, overlap: 'answers' },
    happenings: [
      ...once(inPhase('warm'), STABLE_DIES),
      ...once(inPhase('warm'), decide('rollback'), 1_000),
    ],
  });
  expect(simulation.status.outcome).toBe('rollback-incomplete');
  expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
});

test('recreate: where stable does not start again and nothing stands, the candidate is started again', async () => {
  const simulation = await checked({
    strategy: { ...RECREATE, overlap: 'none' },
    happenings: [
      ...once(inPhase('warm'), STABLE_DIES),
      ...once(inPhase('warm'), decide('rollback'), 1_000),
    ],
  });
  expect(simulation.status.outcome).toBe('rollback-incomplete');
  expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
});

test('rolling without surge names the fleet of the candidate that stays', async () => {
  const simulation = await checked({
    ...OF_FOUR,
    strategy: NO_SURGE,
    happenings: [
      ...once(inPhase('warm'), STABLE_DIES),
      ...once(inPhase('warm'), decide('rollback'), 1_000),
    ],
  });
  expect(simulation.status.leftBehind.join()).toContain('the fleet of');
});

test.each([
  ['blue-green', BLUE_GREEN],
  ['rolling', SURGE],
] as const)(
  'a newer revision (%s) mends a target that was left on a split with a dead stable',
  async (...row) => {
    const [, strategy] = row;
    const simulation = await checked({
      before: 'abandoned',
      strategy,
      happenings: once(inPhase('validate'), STABLE_DIES),
    });
    expect(simulation.status.outcome).toBe('succeeded');
    expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
    const fleets = await simulation.world.target.fleet.describe(REF, NEVER);
    expect(fleets.map(({ revision }) => revision)).toEqual([simulation.world.candidate.digest]);
  },
);

test('a stable that cannot serve holds the lock for a quarter of an hour, not for hours', async () => {
  const simulation = await checked({
    strategy: BLUE_GREEN,
    happenings: [
      ...once(inPhase('verify'), STABLE_DIES),
      ...once(inPhase('verify'), decide('rollback'), 1_000),
    ],
  });
  expect(simulation.status.outcome).toBe('rollback-incomplete');
  expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
  expect(minutes(simulation)).toBeLessThan(20);
});

test('a platform that is away in the middle of the way back is waited for', async () => {
  const simulation = await checked({
    strategy: RECREATE,
    happenings: [
      ...once(inPhase('warm'), decide('rollback'), 1_000),
      ...once(doingStep('back-'), { kind: 'platform', available: 'down' }),
      ...once(doingStep('back-'), { kind: 'platform', available: 'up' }, 300_000),
    ],
  });
  expect(simulation.status.outcome).toBe('rolled-back');
  expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
});

test('an abort while the gap of a dead run is mended leaves nobody waiting', async () => {
  const simulation = await checked({
    before: 'in-the-gap',
    strategy: BLUE_GREEN,
    happenings: once(inPhase('rollout'), decide('abort'), 100),
  });
  const { isQueueing } = await simulation.world.target.router.observe(REF, NEVER);
  expect(isQueueing).toBe(false);
  expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
});

test('instances that start slowly are not unavailable: a rolling rollout with the default guard goes on', async () => {
  const simulation = await checked({
    ...OF_FOUR,
    strategy: SURGE,
    candidate: { startsInMs: 4_000 },
    criteria: [
      {
        id: 'automatic/availability',
        metric: 'availability',
        threshold: 95,
        unit: 'percent',
        badWhen: 'below',
        comparison: 'absolute',
        source: null,
        durationMs: 5_000,
        severity: 'critical',
        action: 'rollback',
        minimumSamples: 2,
        alsoWhenBaselineBreaches: false,
      },
    ],
  });
  expect(simulation.status.outcome).toBe('succeeded');
});

test('a rollback whose validation nobody can make does not keep the lock', async () => {
  const simulation = await checked({
    strategy: BLUE_GREEN,
    happenings: [
      ...once(inPhase('warm'), decide('rollback'), 1_000),
      ...once(({ safeAtMs }) => safeAtMs !== null, { kind: 'platform', available: 'down' }, 2_000),
      ...once(({ safeAtMs }) => safeAtMs !== null, { kind: 'platform', available: 'up' }, 600_000),
    ],
  });
  expect(simulation.status.outcome).toBe('rolled-back');
  expect(simulation.status.alerts.join()).toContain('could not be validated');
});
