import fc from 'fast-check';
import { minimumSamples, readCriteria } from '../../../src/config/criteria';

const errors = (threshold: number) => ({ metric: 'error_rate', threshold, duration: 60 });

describe('criteria', () => {
  test('of one metric in one list have ids of their own', () => {
    const { criteria } = readCriteria({ automatic: [errors(5), errors(9)], manual: [errors(2)] });
    expect(criteria.map(({ id }) => id)).toEqual([
      'automatic/error_rate',
      'automatic/error_rate-2',
      'manual/error_rate',
    ]);
  });

  test('without a source are named and left out', () => {
    const { criteria, notes } = readCriteria({
      automatic: [{ metric: 'custom_cart_value', threshold: 30, duration: 60 }],
    });
    expect(criteria).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('`custom_cart_value` has no source yet')]);
  });

  test('with an error rate below one percent are taken as percent, and say so', () => {
    const { criteria, notes } = readCriteria({ automatic: [errors(0.1)] });
    expect(criteria).toEqual([expect.objectContaining({ threshold: 0.1 })]);
    expect(notes).toEqual([expect.stringContaining('read as 0.1 percent')]);
  });

  test('are severe by what they do where the file does not say', () => {
    const { criteria } = readCriteria({ automatic: [errors(5)], manual: [errors(2)] });
    expect(criteria.map(({ severity }) => severity)).toEqual(['critical', 'high']);
  });
});

describe('the least number of samples', () => {
  test.each([
    ['error_rate', 5, 20],
    ['error_rate', 2, 50],
    ['error_rate', 0.01, 1000],
    ['error_rate', 0, 20],
    ['success_rate', 99.5, 200],
    ['success_rate', 100, 20],
    ['response_time_p99', 500, 100],
    ['response_time_p95', 500, 20],
    ['response_time_p50', 500, 20],
    ['availability', 95, 3],
  ] as const)('of %s against %d is %d', (metric, threshold, samples) => {
    expect(minimumSamples(metric, threshold)).toBe(samples);
  });

  test('is so large that one error alone is no breach', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (tenths) => {
        const threshold = tenths / 10;
        const rate = 100 / minimumSamples('error_rate', threshold);
        expect(rate).toBeLessThanOrEqual(threshold + 1e-9);
      }),
    );
  });
});
