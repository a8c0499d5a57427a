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
        const sorted = durations.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
        const reported = quantileMs(of(durations), q) ?? Number.NaN;
        expect(Math.abs(reported - exact) / exact).toBeLessThanOrEqual(0.0489);
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
