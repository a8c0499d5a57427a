import { histogramCount } from '../../../src/domain/analysis/histogram';
import { SecondBuckets } from '../../../src/platform/metrics/second-buckets';

describe('one-second buckets', () => {
  let nowMs: number;
  let buckets: SecondBuckets;

  beforeEach(() => {
    nowMs = 100_400;
    buckets = new SecondBuckets(() => nowMs);
  });

  test('counts add up within their second and stay apart between seconds', () => {
    nowMs = 101_000;
    buckets.attempt('a', '2xx', 3);
    buckets.attempt('a', '5xx', 40);
    buckets.attempt('a', 'failed', null);
    buckets.attempt('b', 'aborted', null);
    buckets.healthCheck('a', 'passed');
    buckets.healthCheck('a', 'failed');
    buckets.ownAnswer('no-weight');
    nowMs = 102_999;
    buckets.attempt('a', '2xx', 3);
    nowMs = 103_000;
    const { intervalMs, windows } = buckets.between(0, 200_000);
    expect(intervalMs).toBe(1000);
    expect(windows.map(({ number, fromMs }) => [number, fromMs])).toEqual([
      [101, 101_000],
      [102, 102_000],
    ]);
    const [first, second] = windows;
    expect(first?.revisions['a']).toMatchObject({
      requests: 3,
      status: { '2xx': 1, '3xx': 0, '4xx': 0, '5xx': 1, failed: 1, aborted: 0 },
      healthChecks: { passed: 1, failed: 1 },
    });
    expect(histogramCount(first?.revisions['a']?.latency ?? { buckets: [] })).toBe(2);
    expect(first?.revisions['b']).toMatchObject({ requests: 1, status: { aborted: 1 } });
    expect(first?.router).toEqual({ 'no-weight': 1 });
    expect(second?.revisions['a']?.requests).toBe(1);
  });

  test('the second of the start is absent, as is the one that still runs; a quiet one is listed empty', () => {
    buckets.attempt('a', '2xx', 1);
    nowMs = 103_500;
    buckets.attempt('a', '2xx', 1);
    const { windows } = buckets.between(0, 200_000);
    expect(windows).toEqual([
      { number: 101, fromMs: 101_000, revisions: {}, router: {} },
      { number: 102, fromMs: 102_000, revisions: {}, router: {} },
    ]);
  });

  test('only whole seconds inside from and to are given out', () => {
    nowMs = 110_000;
    const numbers = (from: number, to: number): number[] =>
      buckets.between(from, to).windows.map(({ number }) => number);
    expect(numbers(103_000, 105_000)).toEqual([103, 104]);
    expect(numbers(103_001, 105_999)).toEqual([104]);
    expect(numbers(105_000, 103_000)).toEqual([]);
  });

  test('fifteen minutes are kept and what is older is gone', () => {
    nowMs = 101_000;
    buckets.attempt('a', '2xx', 1);
    nowMs += 901_000;
    buckets.attempt('a', '2xx', 1);
    nowMs += 1_000;
    const { windows } = buckets.between(0, nowMs);
    expect(windows).toHaveLength(900);
    expect(windows[0]?.number).toBe(103);
    expect(windows.at(-1)?.revisions['a']?.requests).toBe(1);
  });

  test('what was taken is whole seconds, each once, and a restarted router serves them again', () => {
    nowMs = 101_000;
    buckets.attempt('a', '2xx', 1);
    nowMs = 103_200;
    const taken = buckets.takeComplete();
    expect(taken.map(({ number }) => number)).toEqual([101, 102]);
    expect(buckets.takeComplete()).toEqual([]);
    nowMs = 105_700;
    const restarted = new SecondBuckets(() => nowMs, taken);
    nowMs = 108_000;
    const { windows } = restarted.between(0, nowMs);
    // 103 to 105 had no router, or not for the whole second: a gap, not zeros.
    expect(windows.map(({ number }) => number)).toEqual([101, 102, 106, 107]);
    expect(windows[0]).toEqual(buckets.between(101_000, 102_000).windows[0]);
  });

  test('a clock that is put forward by years hands on 15 minutes, not every second between', () => {
    nowMs += 10 * 365 * 86_400_000;
    expect(buckets.takeComplete().length).toBeLessThanOrEqual(900);
    nowMs += 1_000;
    expect(buckets.takeComplete()).toHaveLength(1);
  });

  test('a clock that is put back loses the rest of a second, and counts on', () => {
    nowMs = 5_000_000;
    buckets.attempt('a', '2xx', 3);
    nowMs = 60_500;
    buckets.attempt('a', '2xx', 3);
    nowMs = 61_000;
    buckets.attempt('a', '5xx', 3);
    nowMs = 62_000;
    const [window, ...more] = buckets.between(0, 10_000_000).windows;
    expect(more).toEqual([]);
    expect(window).toMatchObject({ number: 61, revisions: { a: { requests: 1 } } });
    expect(buckets.takeComplete().map(({ number }) => number)).toEqual([61]);
    nowMs = 5_001_000;
    expect(buckets.between(5_000_000, 5_001_000).windows).toMatchObject([{ revisions: {} }]);
  });
});
