import type { DeploymentStatus } from '../../src/domain/status';
import { checked } from '../support/simulator/checked';
import {
  CANARY,
  REF,
  ROLLING,
  decide,
  once,
  waitingFor,
  type Happening,
  type Scenario,
} from '../support/simulator/scenario';
import type { Simulation } from '../support/simulator/simulate';

type Who = 'stable' | 'candidate';

const CASES: readonly (readonly [string, Partial<Scenario>])[] = [
  ['canary', { strategy: CANARY }],
  ['rolling', { strategy: ROLLING, instances: 4, stableInstances: 4 }],
];

function watchedAtHalf({ phase, step, weights }: DeploymentStatus): boolean {
  return phase === 'rollout' && weights?.candidate === 50 && step?.includes('bake') === true;
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

test('stable dies, and a person goes on with the candidate', async () => {
  const { status } = await checked({
    happenings: [...dying('stable'), ...once(waitingFor('decision'), decide('promote'))],
  });
  expect(status.outcome).toBe('succeeded');
});
