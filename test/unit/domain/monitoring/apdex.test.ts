import fc from 'fast-check';
import { bucketOf } from '../../../../src/domain/analysis/histogram';
import { measureApdex } from '../../../../src/domain/monitoring/apdex';
import { arm } from '../support/windows';

/** Answers that took so long each, and how many of the requests failed. */
function taking(durationsMs: readonly number[], errors = 0, unanswered = 0) {
  const buckets = durationsMs.map((ms) => [bucketOf(ms), 1] as const);
  return {
    ...arm(durationsMs.length + unanswered, errors),
    latency: { buckets: buckets.toSorted(([a], [b]) => a - b) },
  };
}

describe('Apdex', () => {
  test('counts satisfied up to the target wholly, tolerating up to four times half, and others not at all', () => {
    const windows = [taking([100, 500]), taking([501 * 1.1, 2_000]), taking([2_000 * 1.21])];
    expect(measureApdex(windows, 500)).toEqual({ value: 0.6, samples: 5 });
  });

  test('counts errors as frustrated, answered or not', () => {
    expect(measureApdex([taking([10, 10, 10, 10], 2)], 500)).toEqual({ value: 0.5, samples: 4 });
    expect(measureApdex([taking([10, 10], 2, 2)], 500)).toEqual({ value: 0.5, samples: 4 });
    expect(measureApdex([taking([10, 10], 4, 2)], 500)).toEqual({ value: 0, samples: 4 });
  });

  test('is nothing where nothing was counted, or no latency of a good answer is known', () => {
    expect(measureApdex([], 500).value).toBeNull();
    expect(measureApdex([arm(0)], 500).value).toBeNull();
    expect(measureApdex([taking([], 1, 10)], 500).value).toBeNull();
  });

  test('is between 0 and 1, falls with every error, and does not fall with a longer target', () => {
    const durations = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(
        durations,
        fc.double(),
        fc.integer({ min: 1, max: 5_000 }),
        (times, share, targetMs) => {
          const errors = Number.isFinite(share)
            ? Math.floor(Math.abs(share % 1) * times.length)
            : 0;
          const value = (count: number, target = targetMs) =>
            measureApdex([taking(times, count)], target).value ?? Number.NaN;
          expect(value(errors)).toBeGreaterThanOrEqual(0);
          expect(value(errors)).toBeLessThanOrEqual(1);
          expect(value(errors + 1)).toBeLessThanOrEqual(value(errors));
          expect(value(errors, 2 * targetMs)).toBeGreaterThanOrEqual(value(errors));
        },
      ),
    );
  });
});
