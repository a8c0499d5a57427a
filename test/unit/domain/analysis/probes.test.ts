import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { judgeAll } from '../../../../src/domain/analysis/judge';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, judgeConfig, SECOND_MS, windowsOf, withProbes } from '../support/windows';

const GUARD: Criterion = { ...ERROR_RATE, durationMs: 10 * SECOND_MS };
const guarded = judgeConfig({ criteria: [GUARD] });

describe('probes', () => {
  test('are measured where no user asked, and the sentence says so', () => {
    const probed = windowsOf(10, withProbes(arm(0), 5, 1), withProbes(arm(0), 5));
    const { verdict } = judgeAll(guarded, probed);
    expect(verdict.kind).toBe('harm');
    expect(verdict.evidence[0]).toMatchObject({ basis: 'probes', samples: 50, userSamples: 0 });
    expect(verdict.sentence).toBe(
      '10 of 50 requests failed (20 %, limit 5 %) in the last 10 s; stable 0 % of 50 (probes only, no user traffic).',
    );
  });

  test('count where users are too few, and the sentence says how few', () => {
    const { verdict } = judgeAll(guarded, windowsOf(10, withProbes(arm(1), 5, 1), arm(9)));
    expect(verdict.kind).toBe('harm');
    expect(verdict.sentence).toContain('(probes, of users only 10 requests)');
  });

  test('do not count where users are enough: neither for the candidate nor against it', () => {
    const failing = windowsOf(10, withProbes(arm(100), 50, 50), arm(900));
    expect(judgeAll(guarded, failing).verdict.kind).toBe('safe');
    const well = windowsOf(10, withProbes(arm(100, 10), 5_000), arm(900));
    expect(judgeAll(guarded, well).verdict.kind).toBe('harm');
  });

  test('never hide users who fail one by one, too few at once', () => {
    const config = { ...guarded, limits: { ...guarded.limits, leastMs: 30 * SECOND_MS } };
    const { verdict } = judgeAll(config, windowsOf(40, withProbes(arm(1, 1), 5), arm(9)));
    expect(verdict.evidence[0]).toMatchObject({ state: 'clear', basis: 'probes' });
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: `step:${GUARD.id}` });
    expect(verdict.sentence).toContain('40 of 40 requests in this step failed');
  });

  test('are never added to the requests of users', () => {
    const { verdict } = judgeAll(guarded, windowsOf(10, withProbes(arm(1, 1), 1, 1), arm(9)));
    expect(verdict.evidence[0]).toMatchObject({ state: 'too-few', samples: 10, basis: 'users' });
  });

  test('of the candidate are held against probes of stable', () => {
    const bothFail = windowsOf(10, withProbes(arm(0), 5, 5), withProbes(arm(300), 5, 5));
    expect(judgeAll(guarded, bothFail).verdict.evidence[0]).toMatchObject({
      state: 'shared',
      baseline: 100,
    });
  });

  test('of both are compared where a criterion is relative and users are too few on one side', () => {
    const relative: Criterion = { ...GUARD, comparison: 'relative-to-stable', threshold: 50 };
    const config = judgeConfig({ criteria: [relative] });
    const probed = windowsOf(10, withProbes(arm(0), 10, 4), withProbes(arm(90, 9), 10, 1));
    expect(judgeAll(config, probed).verdict.evidence[0]).toMatchObject({
      state: 'breached',
      value: 300,
      basis: 'probes',
    });
    const onlyCandidate = windowsOf(10, withProbes(arm(0), 10, 4), arm(90, 9));
    expect(judgeAll(config, onlyCandidate).verdict.evidence[0]?.state).toBe('too-few');
  });

  test('count for the requests that a step needs, and its sentence says how many they are', () => {
    const some = judgeAll(judgeConfig(), windowsOf(10, withProbes(arm(2), 5, 1), arm(18)));
    expect(some.verdict.kind).toBe('safe');
    expect(some.verdict.sentence).toBe(
      'Nothing is beyond a limit: watched 10 s, 70 requests answered (50 of them probes), 0 failed (0 %), 10 probes failed.',
    );
    const only = judgeAll(judgeConfig(), windowsOf(10, withProbes(arm(0), 6), arm(0)));
    expect(only.verdict.kind).toBe('safe');
    expect(only.verdict.sentence).toContain('60 requests answered (probes only, no user traffic)');
    expect(only.state.totals.candidate.requests).toBe(0);
  });
});
