import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { judgeAll } from '../../../../src/domain/analysis/judge';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, judgeConfig, SECOND_MS, windowAt } from '../support/windows';

const GUARD: Criterion = { ...ERROR_RATE, durationMs: 10 * SECOND_MS };
const guarded = judgeConfig({ criteria: [GUARD], stepStartedAtMs: 20 * SECOND_MS });

/** Stable alone for 20 seconds, then all traffic on the candidate for so many. */
function shifted(stableBefore: ArmWindow, candidate: ArmWindow, seconds = 12): readonly Window[] {
  return Array.from({ length: 20 + seconds }, (_, number) =>
    number < 20
      ? windowAt(number, null, stableBefore)
      : { ...windowAt(number, candidate, arm(0, 0)), candidateWeight: 100 },
  );
}

describe('where stable has no traffic beside the candidate', () => {
  test('a guard that stable breached before the shift too is a shared incident', () => {
    const { verdict } = judgeAll(guarded, shifted(arm(500, 40), arm(500, 40)));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'shared' });
    expect(verdict.evidence[0]).toMatchObject({
      state: 'shared',
      baseline: null,
      before: { value: 8, samples: 5_000 },
    });
    expect(verdict.sentence).toContain('stable before the shift: 8 % of 5 000');
  });

  test('a guard that stable kept before the shift is harm, and the sentence says how stable was', () => {
    const { verdict } = judgeAll(guarded, shifted(arm(500, 1), arm(500, 40)));
    expect(verdict.kind).toBe('harm');
    expect(verdict.sentence).toBe(
      '400 of 5 000 requests failed (8 %, limit 5 %) in the last 10 s; stable before the shift: 0.2 % of 5 000.',
    );
  });

  test('the windows before the shift are the last of them, and stay as they are however long ago', () => {
    const { state, verdict } = judgeAll(guarded, shifted(arm(500, 40), arm(500), 600));
    expect(verdict.kind).toBe('safe');
    expect(state.before.at(-1)?.number).toBe(19);
    expect(verdict.evidence[0]?.before).toEqual({ value: 8, samples: 5_000 });
  });

  test('a hole in them is nothing to compare with', () => {
    const holed = shifted(arm(500, 40), arm(500, 40)).filter(({ number }) => number !== 15);
    const { verdict } = judgeAll(guarded, holed);
    expect(verdict.kind).toBe('harm');
    expect(verdict.sentence).toContain('stable: nothing to compare with');
  });

  test('stable that is only checked for health has no requests to compare with, and its checks still count', () => {
    const availability: Criterion = {
      ...GUARD,
      metric: 'availability',
      threshold: 95,
      badWhen: 'below',
      minimumSamples: 3,
    };
    const config = judgeConfig({ criteria: [availability], stepStartedAtMs: 20 * SECOND_MS });
    const sick = arm(500, 0, { passed: 1, failed: 1 });
    const gone = shifted(sick, sick).map((window) =>
      window.number < 20 ? window : { ...window, arms: { ...window.arms, stable: null } },
    );
    expect(judgeAll(config, gone).verdict).toMatchObject({ rule: 'shared' });
  });

  test('the early windows count neither for the step nor as the candidate’s gap', () => {
    const { state, verdict } = judgeAll(guarded, shifted(arm(500), arm(500), 10));
    expect(verdict).toMatchObject({ kind: 'safe', window: 29 });
    expect(state.step).toMatchObject({ observedMs: 10_000, requests: 5_000 });
    expect(state.totals.stable.requests).toBe(0);
  });

  test('early windows alone show no candidate', () => {
    const { verdict } = judgeAll(guarded, shifted(arm(500), arm(500), 0));
    expect(verdict).toMatchObject({ kind: 'no-data', rule: 'no-data' });
  });
});

describe('a first deployment', () => {
  test('is judged by its thresholds alone, and says so', () => {
    const alone = (errors: number) =>
      Array.from({ length: 12 }, (_, number) => ({
        ...windowAt(number, arm(100, errors), null),
        candidateWeight: 100,
      }));
    const config = judgeConfig({ criteria: [GUARD] });
    const well = judgeAll(config, alone(0)).verdict;
    expect(well.kind).toBe('safe');
    expect(well.sentence).toContain('nothing of stable to compare with');
    const ill = judgeAll(config, alone(9)).verdict;
    expect(ill.kind).toBe('harm');
    expect(ill.sentence).toContain('stable: nothing to compare with');
  });
});
