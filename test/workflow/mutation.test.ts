import type { RolloutPlan, Step } from '../../src/domain/rollout/plan';
import { checkInvariants } from '../support/simulator/invariants';
import { PLAIN, bakingAt, decide, type Scenario } from '../support/simulator/scenario';
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
