import { assemblePlan } from '../../../../src/domain/rollout/assemble-plan';
import { canaryAt, CANDIDATE, planInput, STABLE } from '../support/plan-inputs';

const idsOf = (input: ReturnType<typeof planInput>): readonly string[] =>
  assemblePlan(input).steps.map((step) => step.id);

describe('assemblePlan', () => {
  test('a canary rises by its weights, verifies at 100, stays warm, and only then retires stable', () => {
    expect(idsOf(planInput())).toEqual([
      '01-launch',
      '02-healthy',
      '03-smoke',
      '04-shift-5',
      '05-bake-5',
      '06-shift-20',
      '07-bake-20',
      '08-shift-50',
      '09-bake-50',
      '10-shift-100',
      '11-verify',
      '12-warm',
      '13-drain',
      '14-retire',
    ]);
  });

  test('blue-green switches once and validates production traffic after the switch', () => {
    expect(idsOf(planInput({ strategy: { kind: 'blue-green' } }))).toEqual([
      '01-launch',
      '02-healthy',
      '03-smoke',
      '04-shift-100',
      '05-verify',
      '06-warm',
      '07-drain',
      '08-retire',
    ]);
  });

  test('a first deployment goes launch, healthy, smoke, 100 and retires nothing', () => {
    const plan = assemblePlan(planInput({ stable: null }));
    expect(plan.strategy).toBe('first');
    expect(plan.steps.map((step) => step.id)).toEqual([
      '01-launch',
      '02-healthy',
      '03-smoke',
      '04-shift-100',
      '05-verify',
      '06-warm',
    ]);
  });

  test('without an undo window there is no warm step', () => {
    expect(idsOf(planInput({ rollbackWindowMs: 0 }))).not.toContain('12-warm');
  });

  test('a configured step at 100 gives the verification the larger of both limits and no second bake', () => {
    const plan = assemblePlan(
      planInput({
        strategy: {
          kind: 'canary',
          steps: [
            ...canaryAt(50),
            { weight: 100, bake: { leastMs: 45_000, longestMs: 60_000, minimumRequests: 500 } },
          ],
        },
      }),
    );
    const verify = plan.steps.find((step) => step.phase === 'verify');
    expect(verify).toMatchObject({
      kind: 'bake',
      limits: { leastMs: 45_000, longestMs: 90_000, minimumRequests: 500 },
    });
    expect(
      plan.steps.filter((step) => step.kind === 'bake' && step.phase === 'verify'),
    ).toHaveLength(1);
  });

  test('what acts is registered for its undo: the fleet goes, the weights return to stable', () => {
    const { steps } = assemblePlan(planInput());
    expect(steps.find((step) => step.kind === 'launch')?.undo).toEqual({
      class: 'capacity',
      kind: 'retire-fleet',
      revision: CANDIDATE,
      drainMs: 30_000,
    });
    for (const step of steps.filter((one) => one.kind === 'shift')) {
      expect(step.undo).toEqual({
        class: 'weights',
        kind: 'restore-weights',
        weights: { [STABLE]: 100 },
      });
    }
  });
});
