import fc from 'fast-check';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { judge, judgeAll, openJudge } from '../../../../src/domain/analysis/judge';
import type { JudgeConfig, Judgement, JudgeState } from '../../../../src/domain/analysis/judge';
import type { Window } from '../../../../src/domain/analysis/window';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, judgeConfig, SECOND_MS, windowAt, windowsOf } from '../support/windows';

const GUARD: Criterion = { ...ERROR_RATE, durationMs: 10 * SECOND_MS };
const guarded = judgeConfig({ criteria: [GUARD] });

describe('a guard', () => {
  test('that is beyond its threshold over its whole duration means harm, in words a person understands', () => {
    const good = judgeAll(guarded, windowsOf(10, arm(120, 4), arm(2_134)));
    expect(good.verdict.kind).toBe('safe');
    const bad = judgeAll(guarded, windowsOf(10, arm(120, 10), arm(2_134)));
    expect(bad.verdict).toMatchObject({
      kind: 'harm',
      rule: 'guard:automatic/error_rate',
      window: 9,
    });
    expect(bad.verdict.sentence).toBe(
      '100 of 1 200 requests failed (8.3 %, limit 5 %) in the last 10 s; stable 0 % of 21 340.',
    );
  });

  test('exactly at its threshold is not breached', () => {
    const { verdict } = judgeAll(guarded, windowsOf(10, arm(100, 5)));
    expect(verdict.evidence[0]).toMatchObject({ state: 'clear', value: 5 });
  });

  test('says nothing before its whole duration was observed', () => {
    const { verdict } = judgeAll(guarded, windowsOf(9, arm(100, 100)));
    expect(verdict.kind).toBe('not-yet');
    expect(verdict.evidence[0]?.state).toBe('incomplete');
  });

  test('says nothing across a gap, and again once the duration is whole', () => {
    const windows = windowsOf(30, arm(100, 50)).filter((window) => window.number !== 8);
    const early = judgeAll(guarded, windows.slice(0, 17));
    expect(early.verdict.evidence[0]?.state).toBe('incomplete');
    expect(judgeAll(guarded, windows).verdict).toMatchObject({ kind: 'harm', window: 18 });
  });

  test('says nothing from fewer samples than its minimum', () => {
    const { verdict } = judgeAll(guarded, windowsOf(10, arm(1, 1)));
    expect(verdict.evidence[0]).toMatchObject({ state: 'too-few', samples: 10 });
  });

  test('that stable breaches too is a shared incident, said and not held against the candidate, which gets no more traffic meanwhile', () => {
    const { verdict } = judgeAll(guarded, windowsOf(12, arm(100, 9), arm(900, 80)));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'shared' });
    expect(verdict.evidence[0]?.state).toBe('shared');
    expect(verdict.sentence).toContain('beyond its limit for stable too');
  });

  test('acts on a shared incident where the configuration says so', () => {
    const config = judgeConfig({ criteria: [{ ...GUARD, alsoWhenBaselineBreaches: true }] });
    expect(judgeAll(config, windowsOf(10, arm(100, 9), arm(900, 80))).verdict.kind).toBe('harm');
  });

  test('is not excused by a stable that was not observed, or hardly used', () => {
    expect(judgeAll(guarded, windowsOf(10, arm(100, 9), null)).verdict.kind).toBe('harm');
    expect(judgeAll(guarded, windowsOf(10, arm(100, 9), arm(1, 1))).verdict.kind).toBe('harm');
    const holed = windowsOf(10, arm(100, 9), arm(900, 80)).map((window) =>
      window.number === 4 ? windowAt(4, arm(100, 9), null) : window,
    );
    expect(judgeAll(guarded, holed).verdict.kind).toBe('harm');
  });

  test('is breached by a late window that completes its duration, at the earliest such end', () => {
    const windows = windowsOf(19, arm(100, 50));
    const without = windows.filter(({ number }) => number !== 8);
    expect(judgeAll(guarded, without.slice(0, -1)).verdict.kind).toBe('not-yet');
    expect(judgeAll(guarded, without).verdict).toMatchObject({ kind: 'harm', window: 18 });
    const late = [...without, ...windows.slice(8, 9)];
    expect(foldAll(guarded, late).verdict).toMatchObject({ kind: 'harm', window: 9 });
  });

  test('once breached stays harm when later windows look fine', () => {
    const windows = [...windowsOf(10, arm(100, 50)), ...windowsOf(60, arm(100)).slice(10)];
    expect(judgeAll(guarded, windows).verdict).toMatchObject({ kind: 'harm', window: 9 });
  });

  test.each([
    [
      'availability',
      { metric: 'availability', threshold: 95, badWhen: 'below' },
      { passed: 3, failed: 1 },
    ],
    ['p99', { metric: 'response_time_p99', threshold: 500, badWhen: 'above' }, { latencyMs: 900 }],
  ] as const)('works in the direction of its metric: %s', (_name, rule, bad) => {
    const criteria = [{ ...GUARD, ...rule }];
    const config = judgeConfig({ criteria });
    expect(judgeAll(config, windowsOf(12, arm(100, 0, bad))).verdict.kind).toBe('harm');
    expect(judgeAll(config, windowsOf(12, arm(100))).verdict.kind).toBe('safe');
  });
});

describe('a question', () => {
  const question: Criterion = { ...GUARD, id: 'manual/error_rate', threshold: 2, action: 'ask' };

  test('that is breached asks a person and never advances', () => {
    const { verdict } = judgeAll(judgeConfig({ criteria: [question] }), windowsOf(50, arm(100, 3)));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'ask:manual/error_rate' });
  });

  test('is outranked by a guard', () => {
    const config = judgeConfig({ criteria: [question, GUARD] });
    expect(judgeAll(config, windowsOf(50, arm(100, 8))).verdict.rule).toBe(
      'guard:automatic/error_rate',
    );
  });
});

describe('a criterion that holds', () => {
  const holding: Criterion = { ...GUARD, id: 'manual/error_rate', threshold: 2, action: 'hold' };
  const held = judgeConfig({ criteria: [holding] });

  test('keeps the step from being safe while it is breached, and no longer', () => {
    const { verdict } = judgeAll(held, windowsOf(50, arm(100, 3)));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'held:manual/error_rate' });
    expect(verdict.sentence).toBe(
      'Not yet: 30 of 1 000 requests failed (3 %, limit 2 %) in the last 10 s; stable 0 % of 900, and nobody has decided about it.',
    );
    const over = [...windowsOf(50, arm(100, 3)), ...windowsOf(70, arm(100)).slice(50)];
    expect(judgeAll(held, over).verdict.kind).toBe('safe');
  });

  test('is outranked by guards and questions', () => {
    const windows = windowsOf(50, arm(100, 8));
    const asked: Criterion = { ...holding, id: 'manual/other', action: 'ask' };
    expect(judgeAll(judgeConfig({ criteria: [holding, asked] }), windows).verdict.rule).toBe(
      'ask:manual/other',
    );
    expect(judgeAll(judgeConfig({ criteria: [holding, GUARD] }), windows).verdict.kind).toBe(
      'harm',
    );
  });
});

describe('a step', () => {
  test.each([
    ['its least time has not passed', windowsOf(9, arm(100)), 'not-yet', 'least-time'],
    ['it has too few requests', windowsOf(20, arm(2)), 'not-yet', 'samples'],
    ['all is well', windowsOf(10, arm(100)), 'safe', 'clear'],
    ['nobody ever saw the candidate', windowsOf(20, null), 'no-data', 'no-data'],
    [
      'the latest window is missing',
      [...windowsOf(20, arm(100)), windowAt(20, null)],
      'no-data',
      'latest-window',
    ],
    ['there is no window at all', [], 'no-data', 'no-data'],
  ] as const)('is judged when %s', (_name, windows, ...said) => {
    const { kind, rule } = judgeAll(judgeConfig(), windows).verdict;
    expect([kind, rule]).toEqual(said);
  });

  test.each([
    ['its time', windowsOf(9, arm(100)), 'watched 9 s of 10 s, 900 requests answered, 0 failed'],
    ['its requests', windowsOf(20, arm(2)), 'watched 20 s, 40 of 50 requests answered, 0 failed'],
    ['both', windowsOf(3, arm(2)), 'watched 3 s of 10 s, 6 of 50 requests answered, 0 failed'],
  ] as const)('names the goal that it has not reached: %s', (_name, windows, said) => {
    const { sentence } = judgeAll(judgeConfig(), windows).verdict;
    expect(sentence).toBe(`Not yet: ${said} (0 %).`);
  });

  test('is not held by a criterion that is longer than what has been observed', () => {
    const config = judgeConfig({ criteria: [{ ...GUARD, durationMs: 300 * SECOND_MS }] });
    expect(judgeAll(config, windowsOf(10, arm(100))).verdict.kind).toBe('safe');
  });

  test('is held where a gap hides a criterion that fits into it, until the duration is whole', () => {
    const windows = windowsOf(30, arm(100)).filter(({ number }) => number !== 8);
    const held = judgeAll(guarded, windows.slice(0, 14)).verdict;
    expect(held).toMatchObject({ kind: 'not-yet', rule: 'gap' });
    expect(judgeAll(guarded, windows.slice(0, 18)).verdict.kind).toBe('safe');
  });

  test('with zero requests has data and still is not safe while requests are required', () => {
    const { verdict } = judgeAll(judgeConfig(), windowsOf(30, arm(0), arm(0)));
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'samples' });
  });

  test('does not count time that nobody watched, nor time that it was paused', () => {
    const gap = windowsOf(14, arm(100)).filter(({ number }) => number < 4 || number > 8);
    expect(judgeAll(judgeConfig(), gap).verdict.rule).toBe('least-time');
    const paused = judgeConfig({ pausedMs: 5 * SECOND_MS });
    expect(judgeAll(paused, windowsOf(14, arm(100))).verdict.rule).toBe('least-time');
    expect(judgeAll(paused, windowsOf(15, arm(100))).verdict.kind).toBe('safe');
  });

  test('counts its own time and requests only, while criteria look back further', () => {
    const windows = windowsOf(18, arm(100));
    const later = judgeConfig({ criteria: [GUARD], stepStartedAtMs: 10 * SECOND_MS });
    const { verdict } = judgeAll(later, windows);
    expect(verdict.rule).toBe('least-time');
    expect(verdict.evidence[0]).toMatchObject({ state: 'clear', samples: 1_000 });
  });

  test('can be entered with the state of the step before', () => {
    const before = judgeAll(guarded, windowsOf(18, arm(100))).state;
    const later = { ...guarded, stepStartedAtMs: 18 * SECOND_MS };
    const { state, verdict } = judge(later, before, windowAt(18, arm(100)));
    expect(state.step).toMatchObject({ observedMs: 1_000, requests: 100 });
    expect(verdict.evidence[0]?.state).toBe('clear');
  });
});

describe('properties of the judge', () => {
  const requests = fc.integer({ min: 0, max: 60 });
  const armOf = fc
    .tuple(requests, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 2_000 }))
    .map(([count, percent, latencyMs]) =>
      arm(count, Math.floor((count * percent) / 100), { latencyMs }),
    );
  const maybeArm = fc.option(armOf, { freq: 8 });
  const windowsArb = fc
    .array(fc.tuple(maybeArm, maybeArm), { minLength: 1, maxLength: 24 })
    .map((arms): readonly Window[] => arms.map(([c, s], number) => windowAt(number, c, s)));
  const criterionArb = fc.record({
    threshold: fc.integer({ min: 0, max: 60 }),
    durationMs: fc.integer({ min: 1, max: 24 }).map((seconds) => seconds * SECOND_MS),
    action: fc.constantFrom('rollback' as const, 'ask' as const),
  });
  const configArb = fc.array(criterionArb, { maxLength: 3 }).map((rules) =>
    judgeConfig({
      criteria: rules.map((rule, index) => ({ ...ERROR_RATE, ...rule, id: `c/${index}` })),
      limits: { leastMs: 5 * SECOND_MS, longestMs: 60 * SECOND_MS, minimumRequests: 30 },
    }),
  );

  test('the verdict does not depend on the order of the windows, nor on how often each comes', () => {
    const shuffled = windowsArb.chain((windows) =>
      fc
        .shuffledSubarray([...windows, ...windows], { minLength: 0 })
        .chain((extra) =>
          fc
            .shuffledSubarray([...windows], { minLength: windows.length })
            .map((all) => ({ windows, mixed: [...all, ...extra] })),
        ),
    );
    fc.assert(
      fc.property(configArb, shuffled, (config, { windows, mixed }) => {
        const straight = judgeAll(config, windows);
        expect(judgeAll(config, mixed)).toEqual(straight);
        const other = foldAll(config, mixed);
        // How much is remembered depends on the longest criterion; within it, order must not matter.
        const longestMs = Math.max(0, ...config.criteria.map((one) => one.durationMs));
        fc.pre(2 * longestMs >= windows.length * SECOND_MS);
        // Harm stays as it was first seen, by what had arrived until then.
        if (straight.verdict.kind === 'harm') return other.verdict.kind === 'harm';
        if (other.verdict.kind === 'harm') return true;
        expect(other.verdict).toEqual(straight.verdict);
        expect(other.state).toEqual(straight.state);
        return true;
      }),
    );
  });

  test('folding one by one ends where judging all at once ends', () => {
    fc.assert(
      fc.property(configArb, windowsArb, (config, windows) => {
        const folded = windows.reduce<JudgeState>(
          (state, window) => judge(config, state, window).state,
          openJudge(config),
        );
        expect(folded).toEqual(judgeAll(config, windows).state);
      }),
    );
  });

  test('more failures of the candidate never turn harm into anything else, nor unsafe into safe', () => {
    fc.assert(
      fc.property(configArb, windowsArb, fc.nat(), (config, windows, pick) => {
        const at = pick % windows.length;
        const worse = windows.map((window, index) =>
          index === at ? withFailures(window) : window,
        );
        const before = judgeAll(config, windows).verdict.kind;
        const after = judgeAll(config, worse).verdict.kind;
        if (before === 'harm') expect(after).toBe('harm');
        if (after === 'safe') expect(before).toBe('safe');
      }),
    );
  });

  test('a step without an observed candidate is never safe', () => {
    fc.assert(
      fc.property(configArb, windowsArb, (config, windows) => {
        const last = windowAt(windows.length, null);
        expect(judgeAll(config, [...windows, last]).verdict.kind).not.toBe('safe');
      }),
    );
  });

  test('the state stays bounded however long the watch', () => {
    const config = judgeConfig({ criteria: [{ ...GUARD, durationMs: 20 * SECOND_MS }] });
    const { state } = judgeAll(config, windowsOf(3_000, arm(100)));
    expect(state.recent.length).toBeLessThanOrEqual(60);
    expect(state.seen).toEqual([[0, 2_999]]);
    expect(state.totals.candidate.requests).toBe(300_000);
  });
});

/** One window after the other, as they come. */
function foldAll(config: JudgeConfig, windows: readonly Window[]): Judgement {
  const nothing = judgeAll(config, []);
  return windows.reduce<Judgement>(
    (before, window) => judge(config, before.state, window),
    nothing,
  );
}

/** The same window with requests that all failed now: as many as it had, never more of them. */
function withFailures(window: Window): Window {
  const { candidate } = window.arms;
  if (candidate === null) return window;
  return {
    ...window,
    arms: { ...window.arms, candidate: { ...candidate, errors: candidate.requests } },
  };
}
