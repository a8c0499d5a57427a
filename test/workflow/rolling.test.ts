import type { StrategyConfig } from '../../src/domain/rollout/strategy';
import { checked } from '../support/simulator/checked';
import { decide, inPhase, once, type Scenario } from '../support/simulator/scenario';
import type { Simulation } from '../support/simulator/simulate';

const BAKE = { leastMs: 5_000, longestMs: 20_000, minimumRequests: 0 };

const ROLLING: StrategyConfig = {
  kind: 'rolling',
  maxSurge: { unit: 'percent', percent: 25 },
  maxUnavailable: { unit: 'percent', percent: 25 },
  bake: BAKE,
};
const RECREATE: StrategyConfig = { kind: 'recreate', mostWaitMs: 30_000, overlap: 'none' };

/** What stood before runs on two. */
const OF_FOUR: Partial<Scenario> = { strategy: ROLLING, instances: 4 };

function own({ world }: Simulation) {
  return world.target.journal.filter(({ epoch, repeat }) => epoch > 1 && !repeat);
}

function effects(simulation: Simulation): readonly string[] {
  return own(simulation).map(({ effect }) => effect);
}

function shares(simulation: Simulation): readonly number[] {
  const { candidate } = simulation.world;
  return own(simulation)
    .filter(({ effect }) => effect === 'weights')
    .map(({ detail }) => (detail['weights'] as Record<string, number>)[candidate.digest] ?? 0);
}

async function fleets({ world }: Simulation): Promise<Record<string, number>> {
  const ref = { service: 'shop', environment: 'production' };
  const standing = await world.target.fleet.describe(ref, new AbortController().signal);
  return Object.fromEntries(standing.map(({ revision, healthy }) => [revision, healthy]));
}

describe('rolling', () => {
  test('batch by batch, each at the share of its instances, ends at exactly 100', async () => {
    const simulation = await checked(OF_FOUR);
    expect(simulation.status).toMatchObject({ outcome: 'succeeded', strategy: 'rolling' });
    const given = shares(simulation);
    expect(given).toEqual([...given].sort((one, other) => one - other));
    expect(given.at(-1)).toBe(100);
    expect(await fleets(simulation)).toEqual({ [simulation.world.candidate.digest]: 4 });
  });

  test('a batch that does harm takes itself and all before it back', async () => {
    const simulation = await checked({ ...OF_FOUR, candidate: { errorRate: 0.5 } });
    const { stable } = simulation.world;
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await fleets(simulation)).toEqual({ [stable?.digest ?? '']: 2 });
    expect(shares(simulation).at(-1)).toBe(0);
  });

  test('harm between two batches, while instances start, is seen as well', async () => {
    const simulation = await checked({
      ...OF_FOUR,
      candidate: { startsInMs: 10_000 },
      happenings: [
        {
          when: ({ steps }) =>
            steps.filter(({ kind, state }) => kind === 'awaitHealthy' && state !== 'to do').length >
            1,
          plusMs: 0,
          what: { kind: 'behave', who: 'candidate', change: { errorRate: 0.6 } },
        },
      ],
    });
    expect(simulation.status.outcome).toBe('rolled-back');
    const left = simulation.status.steps.find(({ state }) => state === 'failed');
    expect(left).toMatchObject({ kind: 'awaitHealthy' });
    expect(left?.result).toContain('requests failed');
  });

  test('in warm the old fleet is gone: an undo is the same rollout the other way round', async () => {
    const happenings = once(inPhase('warm'), decide('rollback', { actor: 'ann' }));
    const simulation = await checked({ ...OF_FOUR, happenings });
    const { stable } = simulation.world;
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await fleets(simulation)).toEqual({ [stable?.digest ?? '']: 2 });
    const back = simulation.status.steps.filter(({ phase }) => phase === 'rollback');
    expect(back.map(({ state }) => state)).not.toContain('failed');
    expect(back.length).toBeGreaterThan(2);
  });

  test('a stable revision that does not start again leaves the traffic where it is answered', async () => {
    const simulation = await checked({
      ...OF_FOUR,
      happenings: [
        ...once(inPhase('warm'), {
          kind: 'behave',
          who: 'stable',
          change: { crash: 'exit code 1' },
        }),
        ...once(inPhase('warm'), decide('rollback', { actor: 'ann' }), 1_000),
      ],
    });
    expect(simulation.status.outcome).toBe('rollback-incomplete');
    expect(simulation.status.leftBehind.join()).toContain('the way back');
    const { candidate } = simulation.world;
    expect((await fleets(simulation))[candidate.digest]).toBeGreaterThan(0);
  });
});

describe('recreate', () => {
  test('requests wait while old stops and new starts', async () => {
    const simulation = await checked({ strategy: RECREATE });
    expect(simulation.status).toMatchObject({ outcome: 'succeeded', strategy: 'recreate' });
    expect(effects(simulation)).toEqual([
      'claim',
      'route',
      'queue',
      'weights',
      'drain',
      'retire',
      'ensure',
      'weights',
      'release-queue',
      'release',
    ]);
  });

  test('it has a rollback: the same gap the other way round', async () => {
    const happenings = once(inPhase('warm'), decide('rollback', { actor: 'ann' }));
    const simulation = await checked({ strategy: RECREATE, happenings });
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await fleets(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 2 });
    expect(effects(simulation).filter((effect) => effect === 'release-queue')).toHaveLength(2);
  });

  test('a new revision that does not start in the gap: the old one comes back, nobody waits on', async () => {
    const simulation = await checked({ strategy: RECREATE, candidate: { crash: 'exit code 1' } });
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await fleets(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 2 });
    expect(effects(simulation)).toContain('release-queue');
  });

  test('nobody stands still while requests wait: a pause in the gap holds after it', async () => {
    const simulation = await checked({
      strategy: RECREATE,
      candidate: { startsInMs: 8_000 },
      happenings: [
        {
          when: ({ steps }) =>
            steps.some(({ kind, state }) => kind === 'awaitHealthy' && state === 'doing'),
          plusMs: 0,
          what: decide('pause'),
        },
        ...once(({ waitingFor }) => waitingFor === 'resume', decide('resume'), 60_000),
      ],
    });
    expect(simulation.status.outcome).toBe('succeeded');
    const released = own(simulation).find(({ effect }) => effect === 'release-queue');
    const queued = own(simulation).find(({ effect }) => effect === 'queue');
    expect((released?.atMs ?? 0) - (queued?.atMs ?? 0)).toBeLessThan(20_000);
  });
});

describe('promote --to', () => {
  test('goes to the planned weight at once, without the watches before it', async () => {
    const steps = [5, 20, 50, 100].map((weight) => ({ weight, bake: BAKE }));
    const simulation = await checked({
      strategy: { kind: 'canary', steps },
      happenings: once(
        ({ steps: at }) => at.some(({ kind, state }) => kind === 'bake' && state === 'doing'),
        decide('promote', { to: 60 }),
      ),
    });
    expect(simulation.status.outcome).toBe('succeeded');
    expect(shares(simulation)).toEqual([5, 50, 100]);
    const skipped = simulation.status.steps.filter(({ state }) => state === 'skipped');
    expect(skipped.map(({ id }) => id.slice(3))).toEqual(['shift-20', 'bake-20']);
  });

  test('--full goes to all traffic; it is still verified there', async () => {
    const simulation = await checked({
      happenings: once(
        ({ steps: at }) => at.some(({ kind, state }) => kind === 'bake' && state === 'doing'),
        decide('promote', { to: 100 }),
      ),
    });
    expect(shares(simulation)).toEqual([20, 100]);
    const verify = simulation.status.steps.find(({ phase }) => phase === 'verify');
    expect(verify?.state).toBe('done');
  });
});

describe('supersede', () => {
  test('ends a deployment that no user has seen as superseded, and leaves nothing of it', async () => {
    const simulation = await checked({
      candidate: { startsInMs: 10_000 },
      happenings: once(inPhase('rollout'), decide('supersede', { actor: 'ci' }), 3_000),
    });
    expect(simulation.status.outcome).toBe('superseded');
    expect(Object.keys(await fleets(simulation))).toEqual([simulation.world.stable?.digest]);
  });

  test('waits where users have seen it', async () => {
    const simulation = await checked({
      happenings: once(({ firstTrafficAtMs }) => firstTrafficAtMs !== null, decide('supersede')),
    });
    expect(simulation.status.outcome).toBe('succeeded');
    expect(simulation.status.decisions.map(({ effect }) => effect)).toEqual(['refused']);
  });
});
