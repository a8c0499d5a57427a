import type { CanaryConfig } from '../../src/domain/rollout/strategy';
import type { DeploymentStatus } from '../../src/domain/status';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  CANARY,
  REF,
  ROLLING,
  decide,
  doingStep,
  inPhase,
  once,
  waitingFor,
  type Happening,
  type Scenario,
} from '../support/simulator/scenario';
import type { Simulation } from '../support/simulator/simulate';

type Who = 'stable' | 'candidate';

const ROLLING_OF_FOUR: Partial<Scenario> = {
  strategy: ROLLING,
  instances: 4,
  stableInstances: 4,
};

const LONG_CANARY: CanaryConfig = {
  kind: 'canary',
  steps: [20, 50, 75, 90, 100].map((weight) => ({
    weight,
    bake: { leastMs: 5_000, longestMs: 20_000, minimumRequests: 20 },
  })),
};

const CASES: readonly (readonly [string, Partial<Scenario>])[] = [
  ['canary', { strategy: CANARY }],
  ['rolling', ROLLING_OF_FOUR],
];

function watchedAtHalf({ phase, step, weights }: DeploymentStatus): boolean {
  return phase === 'rollout' && weights?.candidate === 50 && step?.includes('bake') === true;
}

function watchedLast({ steps }: DeploymentStatus): { readonly startedAtMs: number } {
  const begun = steps.filter(({ id, startedAtMs }) => id.includes('bake') && startedAtMs !== null);
  return { startedAtMs: begun.at(-1)?.startedAtMs ?? 0 };
}

/** Every instance of these is killed while both have half of the traffic, and none comes back. */
function dying(...who: readonly Who[]): readonly Happening[] {
  return who.flatMap((one) =>
    once(watchedAtHalf, { kind: 'behave', who: one, change: { crash: 'killed' } }, 1_000),
  );
}

async function observed({ world }: Simulation): Promise<Readonly<Record<string, number>>> {
  const { signal } = new AbortController();
  return (await world.target.router.observe(REF, signal)).observed;
}

describe.each(CASES)('in the middle of a %s', (_name, change) => {
  test('the candidate dies: stable serves everybody, and it is rolled back', async () => {
    const simulation = await checked({ ...change, happenings: dying('candidate') });
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
  });

  test('the candidate dies: nobody is asked, it goes back within ten seconds', async () => {
    const { status, world } = await checked({ ...change, happenings: dying('candidate') });
    expect(status.alerts.join()).not.toContain('A person must decide');
    expect(status.cause).toContain('No instance of the candidate');
    expect((await world.ledger.find(status.deployment))?.closing?.rollback).toMatchObject({
      trigger: 'gone',
      severity: 'critical',
    });
    const { startedAtMs } = watchedLast(status);
    // It dies a second after the watch has begun.
    expect((status.safeAtMs ?? Infinity) - startedAtMs).toBeLessThan(11_000);
  });

  test('stable dies: the candidate, which answers, keeps the traffic, and a person is told', async () => {
    const simulation = await checked({ ...change, happenings: dying('stable') });
    expect(simulation.status.alerts.join()).toContain('A person must decide');
    expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
    expect(simulation.status.leftBehind).not.toEqual([]);
  });

  test('both die: the way back is not complete, and says what is left', async () => {
    const { status, end } = await checked({ ...change, happenings: dying('stable', 'candidate') });
    expect(status.outcome).toBe('rollback-incomplete');
    expect(end.kind).toBe('failed');
    expect(status.leftBehind).not.toEqual([]);
  });

  test('both die and stable comes back: it serves everybody again', async () => {
    const well: Happening['what'] = { kind: 'behave', who: 'stable', change: { crash: null } };
    const simulation = await checked({
      ...change,
      happenings: [
        ...dying('stable', 'candidate'),
        ...once(watchedAtHalf, decide('rollback'), 3_000),
        ...once(watchedAtHalf, well, 8_000),
      ],
    });
    expect(simulation.status.outcome).toBe('rolled-back');
    expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
  });
});

test.each(['verify', 'warm'] as const)(
  'the candidate dies with everybody on it (%s): it goes back to stable within ten seconds',
  async (phase) => {
    const simulation = await checked({
      strategy: BLUE_GREEN,
      happenings: once(inPhase(phase), {
        kind: 'behave',
        who: 'candidate',
        change: { crash: 'killed' },
      }),
    });
    const { outcome, phases, safeAtMs } = simulation.status;
    const diedAtMs = phases.find((one) => one.phase === phase)?.startedAtMs ?? 0;
    expect(outcome).toBe('rolled-back');
    expect((safeAtMs ?? Infinity) - diedAtMs).toBeLessThan(10_000);
    expect(await observed(simulation)).toEqual({ [simulation.world.stable?.digest ?? '']: 100 });
  },
);

test('the candidate is away for three seconds: nobody goes back for that', async () => {
  const { status } = await checked({
    happenings: [
      ...once(watchedAtHalf, { kind: 'lose', who: 'candidate', instances: 3 }, 1_000),
      ...once(watchedAtHalf, { kind: 'mend', who: 'candidate' }, 4_000),
    ],
  });
  expect(status.outcome).toBe('succeeded');
});

const ONWARD: readonly (readonly [string, Partial<Scenario>])[] = [
  ['a canary whose last split it was', { strategy: CANARY }],
  ['a canary with splits to come', { strategy: LONG_CANARY }],
  ['a rolling rollout with batches to come', ROLLING_OF_FOUR],
];

test.each(ONWARD)(
  'stable dies, and a person goes on with %s: everything goes to the candidate',
  async (_what, change) => {
    const simulation = await checked({
      ...change,
      happenings: [...dying('stable'), ...once(waitingFor('decision'), decide('promote'))],
    });
    expect(simulation.status.outcome).toBe('succeeded');
    expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
  },
);

test('stable dies between two watches: the candidate, which passed the one before, gets everything, and a person is told', async () => {
  const simulation = await checked({
    strategy: LONG_CANARY,
    happenings: once(doingStep('shift-75'), {
      kind: 'behave',
      who: 'stable',
      change: { crash: 'killed' },
    }),
  });
  const { alerts, outcome, steps } = simulation.status;
  expect(outcome).toBe('succeeded');
  expect(alerts.join()).toContain('everything goes to the candidate');
  expect(steps.find(({ id }) => id.endsWith('shift-90'))?.state).toBe('skipped');
  expect(steps.find(({ id }) => id.endsWith('verify'))?.state).toBe('done');
  expect(await observed(simulation)).toEqual({ [simulation.world.candidate.digest]: 100 });
});

test('stable dies: the question names stable, not the candidate, as what cannot serve', async () => {
  const { status } = await checked({ happenings: dying('stable') });
  expect(status.alerts.join()).toContain('no instance of stable can serve');
});
