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
