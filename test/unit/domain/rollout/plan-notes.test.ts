import { assemblePlan } from '../../../../src/domain/rollout/assemble-plan';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';
import { ERROR_RATE, planInput, RECREATE, ROLLING } from '../support/plan-inputs';

const notesOf = (changes: Partial<PlanInput>): string =>
  assemblePlan(planInput(changes)).notes.join('\n');

describe('the notes of a plan', () => {
  test('begin with what the request says and name where each criterion is first complete', () => {
    const { notes } = assemblePlan(planInput({ notes: ['business_metric_conversion: ignored'] }));
    expect(notes[0]).toBe('business_metric_conversion: ignored');
    expect(notes).toContain('automatic/error_rate over 60 s is first complete in 05-bake-5.');
  });

  test('say so when a criterion is never complete', () => {
    const criteria = [{ ...ERROR_RATE, durationMs: 86_400_000 }];
    expect(notesOf({ criteria })).toContain('never fully observed');
  });

  test('say that blue-green judges by absolute limits after the switch', () => {
    expect(notesOf({ strategy: { kind: 'blue-green' } })).toContain(
      'After the switch stable gets no requests',
    );
    expect(notesOf({})).toContain('At 100 % stable gets no requests');
  });

  test('say nothing about comparison where no criterion compares', () => {
    const criteria = [{ ...ERROR_RATE, alsoWhenBaselineBreaches: true }];
    expect(notesOf({ criteria })).not.toContain('stable gets no requests');
    expect(notesOf({ criteria: [] })).toContain('No criteria');
  });

  test('say what the target cannot give, and the plan does without it', () => {
    const capabilities = {
      ...LOCAL_TARGET,
      headerRoute: false,
      fence: false,
      percentiles: 'none' as const,
    };
    const criteria = [
      ERROR_RATE,
      {
        ...ERROR_RATE,
        id: 'automatic/p99',
        metric: 'response_time_p99' as const,
        unit: 'ms' as const,
        threshold: 500,
      },
    ];
    const plan = assemblePlan(planInput({ capabilities, criteria }));
    const notes = plan.notes.join('\n');
    expect(notes).toContain('no smoke requests');
    expect(notes).toContain('cannot refuse late writes');
    expect(notes).toContain('automatic/p99 has no effect');
    expect(plan.steps.some((step) => step.kind === 'smoke')).toBe(false);
    expect(plan.criteria.map(({ criterion }) => criterion.id)).toEqual(['automatic/error_rate']);
  });

  test('say in how many batches a rolling deployment goes, and what both bounds are', () => {
    expect(notesOf({ strategy: ROLLING, instances: 8 })).toContain(
      'Rolling in 2 batches: never more than 10 instances at the same time, never fewer than 6 able to serve',
    );
    expect(notesOf({ strategy: ROLLING, stable: null })).not.toContain('Rolling in');
  });

  test('say that without a window only a new deployment goes back where the old fleet is gone', () => {
    expect(notesOf({ strategy: ROLLING, rollbackWindowMs: 0 })).toContain(
      'only a new deployment goes back',
    );
    expect(notesOf({ strategy: RECREATE, rollbackWindowMs: 0 })).toContain(
      'only a new deployment goes back',
    );
  });

  test('say what an undo means where nothing serves yet, and where there is no undo window', () => {
    expect(notesOf({ stable: null })).toContain('an undo leaves nothing serving');
    expect(notesOf({ rollbackWindowMs: 0 })).toContain('No undo window');
  });
});
