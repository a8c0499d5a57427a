import type { RolloutPlan, Step } from '../../src/domain/rollout/plan';
import { checkInvariants } from '../support/simulator/invariants';
import {
  PLAIN,
  RECREATE,
  ROLLING,
  bakingAt,
  decide,
  once,
  type Scenario,
} from '../support/simulator/scenario';
import { simulate } from '../support/simulator/simulate';

/** The checker is worth something only if it sees what is wrong: mistakes planted in the plan must break an invariant. */
async function broken(change: Partial<Scenario>): Promise<readonly string[]> {
  const simulation = await simulate({
    ...PLAIN,
    happenings: [{ when: bakingAt(20), plusMs: 900, what: decide('rollback') }],
    ...change,
  });
  return (await checkInvariants(simulation)).map(({ invariant }) => invariant);
}

function withSteps(change: (step: Step) => readonly Step[]): Partial<Scenario> {
  return { replan: (plan: RolloutPlan) => ({ ...plan, steps: plan.steps.flatMap(change) }) };
}

test('nothing planted, nothing broken', async () => {
  expect(await broken({})).toEqual([]);
});

test('without the compensation of the weights stable does not get its traffic back, and the checker sees it', async () => {
  const without = withSteps((step) => [step.kind === 'shift' ? { ...step, undo: null } : step]);
  expect(await broken(without)).toContain(
    'not succeeded: stable serves everybody, or nothing does',
  );
});

test('without the compensation of the launch the candidate fleet stands, and the checker sees it', async () => {
  const without = withSteps((step) => [step.kind === 'launch' ? { ...step, undo: null } : step]);
  expect(await broken(without)).toContain(
    'not succeeded: every acted step has its compensation run',
  );
});

test('a canary that ends at 95 never serves everybody, and the checker sees it', async () => {
  const short = withSteps((step) => [
    step.kind === 'shift' && step.id.endsWith('shift-100')
      ? { ...step, weights: Object.fromEntries(Object.keys(step.weights).map((one) => [one, 95])) }
      : step,
  ]);
  expect(await broken({ ...short, happenings: [] })).toContain(
    'the target never has to refuse an order for what it asks',
  );
});

test('an old fleet that is never retired is seen', async () => {
  const kept = withSteps((step) => (step.kind === 'retire' ? [] : [step]));
  expect(await broken({ ...kept, happenings: [] })).toContain(
    'succeeded: the candidate serves everybody and the old fleet is gone',
  );
});

test('retiring the old fleet before the last shift is seen', async () => {
  const early: Partial<Scenario> = {
    replan: (plan) => {
      const retire = plan.steps.find(({ kind }) => kind === 'retire');
      const moved = plan.steps.filter((step) => step !== retire);
      const at = moved.findIndex(({ id }) => id.endsWith('shift-100'));
      const steps = retire
        ? [...moved.slice(0, at), { ...retire, phase: 'rollout' as const }, ...moved.slice(at)]
        : moved;
      return { ...plan, steps };
    },
  };
  expect(await broken({ ...early, happenings: [] })).toContain(
    'the target never has to refuse an order for what it asks',
  );
});

const NO_LOSS: Partial<Scenario> = {
  strategy: { ...ROLLING, maxUnavailable: { unit: 'count', count: 0 } },
  instances: 4,
  stableInstances: 4,
  happenings: [],
};
const BOUNDS = 'a rolling rollout keeps its bounds';

test('nothing planted in a rolling or a recreating plan, nothing broken', async () => {
  expect(await broken(NO_LOSS)).toEqual([]);
  expect(await broken({ strategy: RECREATE, happenings: [] })).toEqual([]);
});

test('an old instance that goes before the new one is healthy is seen', async () => {
  const early: Partial<Scenario> = {
    replan: (plan) => {
      const reduce = plan.steps.find(({ kind }) => kind === 'reduce');
      const others = plan.steps.filter((step) => step !== reduce);
      return { ...plan, steps: reduce ? [reduce, ...others] : others };
    },
  };
  expect(await broken({ ...NO_LOSS, ...early })).toContain(BOUNDS);
});

test('a batch that starts more instances than the surge allows is seen', async () => {
  const more = withSteps((step) => [
    step.kind === 'launch' ? { ...step, size: step.size + 2 } : step,
  ]);
  expect(await broken({ ...NO_LOSS, ...more })).toContain(BOUNDS);
});

test('a rolling rollout that forgets what it took away leaves less of stable, and the checker sees it', async () => {
  const without = withSteps((step) => [
    step.undo?.kind === 'restore-fleet' ? { ...step, undo: null } : step,
  ]);
  const happenings = once(({ weights }) => weights?.candidate === 50, decide('rollback'), 900);
  expect(await broken({ ...NO_LOSS, ...without, happenings })).toContain(
    'whatever serves in the end does so on all of its instances',
  );
});

test('stopping the old revision while nobody holds the requests is seen', async () => {
  const without = withSteps((step) => (step.kind === 'queueRequests' ? [] : [step]));
  expect(await broken({ ...without, strategy: RECREATE, happenings: [] })).toContain(
    'somebody serves, or requests wait',
  );
});

test('requests that are never let go are seen', async () => {
  const without = withSteps((step) => (step.kind === 'releaseRequests' ? [] : [step]));
  expect(await broken({ ...without, strategy: RECREATE, happenings: [] })).toContain(
    'nobody waits too long',
  );
});
