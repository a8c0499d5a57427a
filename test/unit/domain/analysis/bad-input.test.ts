import fc from 'fast-check';
import { foldReading, judge, judgeAll, openJudge } from '../../../../src/domain/analysis/judge';
import type { JudgeState } from '../../../../src/domain/analysis/judge';
import type { Reading } from '../../../../src/domain/analysis/reading';
import { soundReading } from '../../../../src/domain/analysis/sound-reading';
import { soundWindow } from '../../../../src/domain/analysis/sound-window';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { ERROR_RATE } from '../support/plan-inputs';
import { FEWER_CONVERSIONS, ratio, readingAt, readingsOf } from '../support/readings';
import { arm, judgeConfig, SECOND_MS, windowAt, windowsOf, withProbes } from '../support/windows';

const config = judgeConfig({ criteria: [{ ...ERROR_RATE, durationMs: 10 * SECOND_MS }] });
const COUNT = 'no whole number of 0 or more';

const badArms: readonly (readonly [string, ArmWindow, string])[] = [
  ['NaN requests', { ...arm(10), requests: Number.NaN }, COUNT],
  ['infinitely many requests', { ...arm(10), requests: Number.POSITIVE_INFINITY }, COUNT],
  ['fewer than no errors: a counter that was set back', { ...arm(10), errors: -3 }, COUNT],
  ['a fraction of a request', { ...arm(10), requests: 9.5 }, COUNT],
  ['more errors than requests', { ...arm(10), errors: 11 }, 'more errors than requests'],
  ['half a health check', { ...arm(10), healthChecksPassed: 0.5 }, 'health checks'],
  ['a bucket past the last', { ...arm(10), latency: { buckets: [[129, 1]] } }, 'no histogram'],
  ['a bucket below the first', { ...arm(10), latency: { buckets: [[-1, 1]] } }, 'no histogram'],
  [
    'buckets out of order',
    {
      ...arm(10),
      latency: {
        buckets: [
          [5, 1],
          [4, 1],
        ],
      },
    },
    'no histogram',
  ],
  [
    'a bucket twice',
    {
      ...arm(10),
      latency: {
        buckets: [
          [5, 1],
          [5, 1],
        ],
      },
    },
    'no histogram',
  ],
  ['a negative bucket count', { ...arm(10), latency: { buckets: [[5, -1]] } }, 'no histogram'],
  [
    'boundaries instead of buckets',
    { ...arm(10), latency: { buckets: [[0.5, 3]] } },
    'no histogram',
  ],
  [
    'probes with more errors than requests',
    withProbes(arm(10), 3, 4),
    "candidate's probes: more errors",
  ],
];

const misplaced: readonly (readonly [string, Window, string])[] = [
  ['without a number', { ...windowAt(20, arm(10)), number: Number.NaN }, 'its number is none'],
  ['with a negative number', { ...windowAt(20, arm(10)), number: -1 }, 'its number is none'],
  [
    'whose start is of another time',
    { ...windowAt(20, arm(10)), fromMs: 99_000 },
    'do not fit together',
  ],
  ['without a length', { ...windowAt(20, arm(10)), intervalMs: 0 }, 'its length'],
  [
    'of another length than the others',
    { ...windowAt(20, arm(10)), fromMs: 40_000, intervalMs: 2_000 },
    'not that of the others',
  ],
];

describe('a window that cannot be true', () => {
  test.each(badArms)('with %s is a gap, with its reason', (_what, candidate, reason) => {
    const latest = judgeAll(config, [...windowsOf(20, arm(100)), untrueAt(20, candidate)]);
    expect(latest.verdict).toMatchObject({ kind: 'no-data', rule: 'unsound', window: 20 });
    expect(latest.verdict.sentence).toContain(reason);
    const middle = windowsOf(20, arm(100)).map((one) =>
      one.number === 15 ? untrueAt(15, candidate) : one,
    );
    const held = judgeAll(config, middle).verdict;
    expect(held).toMatchObject({ kind: 'not-yet', rule: 'gap' });
    expect(held.sentence).toContain(`window 15 cannot be used: `);
  });

  test('of stable is a gap too, and a weight that is none', () => {
    const stable = windowAt(20, arm(10), { ...arm(90), errors: 91 });
    expect(judgeAll(config, [...windowsOf(20, arm(100)), stable]).verdict.rule).toBe('unsound');
    expect(soundWindow({ ...windowAt(20, arm(10)), candidateWeight: 101 })).toHaveProperty(
      'reason',
    );
    expect(soundWindow({ ...windowAt(20, arm(10)), candidateWeight: Number.NaN })).toHaveProperty(
      'reason',
    );
  });

  test.each(misplaced)('%s: nobody can tell what it hides', (_what, window, reason) => {
    const good = windowsOf(20, arm(100));
    for (const windows of [
      [...good, window],
      [good[0]!, window, ...good.slice(1)],
    ]) {
      const { verdict } = judgeAll(config, windows);
      expect(verdict).toMatchObject({ kind: 'no-data', rule: 'unsound' });
      expect(verdict.sentence).toContain(reason);
    }
  });

  test('excuses no harm that is seen without it', () => {
    const bad = [...windowsOf(20, arm(100, 50)), ...misplaced.map(([, window]) => window)];
    expect(judgeAll(config, bad).verdict.kind).toBe('harm');
  });

  test('does not stand in the way of the true one with its number', () => {
    const good = windowsOf(20, arm(100));
    const lie = windowAt(19, { ...arm(10), errors: 11 });
    expect(judgeAll(config, [...good, lie]).verdict).toEqual(judgeAll(config, good).verdict);
  });

  test('far ahead of the others, as of a clock that jumped, is no pass', () => {
    const ahead = windowAt(90_000, { ...arm(10), errors: 11 });
    expect(judgeAll(config, [...windowsOf(20, arm(100)), ahead]).verdict.kind).toBe('no-data');
    const sound = windowAt(90_000, arm(100));
    expect(judgeAll(config, [...windowsOf(20, arm(100)), sound]).verdict.rule).toBe('gap');
  });
});

describe('a reading that cannot be true', () => {
  const asking = judgeConfig({ criteria: [{ ...FEWER_CONVERSIONS, action: 'rollback' }] });
  test.each([
    ['NaN', readingAt(3, ratio(Number.NaN, 400), ratio(1, 2))],
    ['a negative count', readingAt(3, ratio(-1, 400), ratio(1, 2))],
    [
      'an infinite value',
      readingAt(3, { kind: 'value', value: Number.POSITIVE_INFINITY, samples: 3 }, null),
    ],
    ['a number that does not fit its start', { ...readingAt(3, ratio(1, 400), null), fromMs: 7 }],
    ['another kind', readingAt(3, { kind: 'gauge' } as never, null)],
  ])('with %s counts as missing', (_what, bad) => {
    expect(soundReading(bad)).toHaveProperty('reason');
    const readings = readingsOf(6, ratio(1, 400), ratio(275, 7_633)).map((one) =>
      one.number === 3 ? bad : one,
    );
    const { verdict } = judgeAll(asking, windowsOf(60, arm(100), arm(900)), readings);
    expect(verdict).toMatchObject({ kind: 'not-yet', rule: 'gap' });
  });

  test('may hold fractions, as some systems estimate them', () => {
    const { verdict } = judgeAll(
      asking,
      windowsOf(60, arm(100), arm(900)),
      readingsOf(6, ratio(3.4, 401.5), ratio(275.1, 7_633.2)),
    );
    expect(verdict.kind).toBe('harm');
  });
});

describe('garbage', () => {
  const number = fc.oneof(
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e308, 3, 12),
    fc.integer({ min: 0, max: 30 }),
  );
  const value = fc.oneof(number, fc.jsonValue({ maxDepth: 1 }), fc.constant(undefined));
  const garbageArm = fc.option(
    fc.record({
      requests: value,
      errors: value,
      latency: fc.oneof(value, fc.record({ buckets: fc.oneof(value, fc.array(fc.array(number))) })),
      healthChecksPassed: value,
      healthChecksFailed: value,
      probes: value,
    }),
  );
  const garbage = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({
      number: value,
      fromMs: value,
      intervalMs: value,
      arms: fc.oneof(value, fc.record({ stable: garbageArm, candidate: garbageArm })),
      candidateWeight: value,
    }),
    fc.tuple(fc.nat(30), garbageArm, garbageArm).map(([at, candidate, stable]) => ({
      ...windowAt(at, null, null),
      arms: { candidate, stable },
    })),
  ) as unknown as fc.Arbitrary<Window>;
  const open = judgeConfig({
    criteria: [...config.criteria, FEWER_CONVERSIONS],
    limits: { leastMs: 0, longestMs: 60_000, minimumRequests: 0 },
  });

  test('never throws and is never a pass, among good windows neither', () => {
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 20 }), fc.nat(20), (windows, at) => {
        const unsound = windows.filter((window) => 'reason' in soundWindow(window));
        expect(judgeAll(open, unsound).verdict.kind).not.toBe('safe');
        const good = windowsOf(20, arm(100), arm(900));
        const mixed = [...good.slice(0, at), ...windows, ...good.slice(at)];
        judgeAll(open, mixed);
        const states = mixed.reduce<JudgeState>(
          (state, one) => judge(open, state, one).state,
          openJudge(open),
        );
        expect(states.seen.length).toBeLessThanOrEqual(64);
        const last = windows.at(-1);
        if (last === undefined || !unsound.includes(last)) return;
        const { number: placed } = soundWindow(last);
        if (placed === null) expect(judgeAll(open, [...good, last]).verdict.kind).toBe('no-data');
      }),
    );
  });

  test('in readings never throws and never compares', () => {
    const sample = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.record({
        kind: fc.constantFrom('ratio', 'value', 'x'),
        events: value,
        of: value,
        value,
        samples: value,
      }),
    );
    const reading = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc
        .tuple(fc.nat(8), sample, sample)
        .map(([at, one, other]) => readingAt(at, one as never, other as never)),
      fc.record({ source: value, number: value, fromMs: value, intervalMs: value, arms: value }),
    ) as unknown as fc.Arbitrary<Reading>;
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 20 }), (readings) => {
        const unsound = readings.filter((one) => 'reason' in soundReading(one));
        const state = unsound.reduce<JudgeState>(
          (before, one) => foldReading(open, before, one),
          openJudge(open),
        );
        expect(state.readings).toEqual([]);
        const { verdict } = judgeAll(open, windowsOf(20, arm(100), arm(900)), readings);
        for (const { value: seen } of verdict.evidence) expect(seen ?? 0).not.toBeNaN();
      }),
    );
  });
});

function untrueAt(number: number, candidate: ArmWindow): Window {
  return { ...windowAt(number, candidate), candidateWeight: 10 };
}
