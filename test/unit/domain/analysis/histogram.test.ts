import fc from 'fast-check';
import {
  bucketOf,
  EMPTY_HISTOGRAM,
  histogramCount,
  LAST_BUCKET,
  mergeHistograms,
  quantileMs,
  upperBoundMs,
} from '../../../../src/domain/analysis/histogram';
import type { Histogram } from '../../../../src/domain/analysis/histogram';

const of = (durations: readonly number[]): Histogram =>
  mergeHistograms(durations.map((ms) => ({ buckets: [[bucketOf(ms), 1]] })));
const durationArb = fc.double({ min: 0.5, max: 90_000, noNaN: true });
const durationsArb = fc.array(durationArb, { minLength: 1, maxLength: 200 });

const logUniform = fc
  .double({ min: Math.log(0.5), max: Math.log(90_000), noNaN: true })
  .map((logMs) => Math.exp(logMs));

function repeat(ms: number, count: number): readonly number[] {
  return new Array<number>(count).fill(ms);
}

function exactQuantile(durations: readonly number[], q: number): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
}

describe('a latency histogram', () => {
  test('a duration lies inside of its bucket', () => {
    fc.assert(
      fc.property(durationArb, (ms) => {
        const bucket = bucketOf(ms);
        expect(ms).toBeLessThanOrEqual(upperBoundMs(bucket) * (1 + 1e-9));
        if (bucket > 0) expect(ms).toBeGreaterThan(upperBoundMs(bucket - 1) * (1 - 1e-9));
      }),
    );
  });

  test('a quantile is off by at most 4.9 % of the value', () => {
    fc.assert(
      fc.property(durationsArb, fc.constantFrom(0.5, 0.95, 0.99), (durations, q) => {
        const exact = exactQuantile(durations, q);
        const reported = quantileMs(of(durations), q) ?? Number.NaN;
        expect(Math.abs(reported - exact) / exact).toBeLessThanOrEqual(0.0489);
      }),
    );
  });

  test.each([
    ['log-uniform', fc.array(logUniform, { minLength: 1, maxLength: 300 })],
    [
      'constant',
      fc
        .tuple(logUniform, fc.integer({ min: 1, max: 300 }))
        .map(([ms, count]) => repeat(ms, count)),
    ],
    [
      'of two humps',
      fc
        .tuple(
          logUniform,
          logUniform,
          fc.integer({ min: 1, max: 150 }),
          fc.integer({ min: 1, max: 150 }),
        )
        .map(([low, high, lows, highs]) => [...repeat(low, lows), ...repeat(high, highs)]),
    ],
  ])(
    'a quantile of latencies, %s, is off by at most a twentieth above the floor',
    (_shape, arbitrary) => {
      fc.assert(
        fc.property(arbitrary, fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1), (durations, q) => {
          const exact = exactQuantile(durations, q);
          expect(
            Math.abs((quantileMs(of(durations), q) ?? Number.NaN) - exact),
          ).toBeLessThanOrEqual(0.05 * exact);
        }),
      );
    },
  );

  test('below the floor of 0.5 ms a quantile is the floor: never too fast, and too slow by 0.5 ms at most', () => {
    const tiny = fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(tiny, fc.constantFrom(0.5, 0.99), (durations, q) => {
        expect(quantileMs(of(durations), q)).toBe(0.5);
      }),
    );
  });

  test('merging is the same as counting together, in any order', () => {
    fc.assert(
      fc.property(durationsArb, durationsArb, (a, b) => {
        const merged = mergeHistograms([of(a), of(b)]);
        expect(merged).toEqual(of([...b, ...a]));
        expect(histogramCount(merged)).toBe(a.length + b.length);
      }),
    );
  });

  test('nothing counted is no value, and the absurd shares the outermost buckets', () => {
    expect(quantileMs(EMPTY_HISTOGRAM, 0.99)).toBeNull();
    expect(bucketOf(Number.POSITIVE_INFINITY)).toBe(LAST_BUCKET);
    expect(bucketOf(-1)).toBe(0);
    expect(bucketOf(Number.NaN)).toBe(0);
  });
});
