import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { refuseCriterion } from '../../../../src/domain/analysis/refuse-criterion';
import { ERROR_RATE } from '../support/plan-inputs';
import { FEWER_CONVERSIONS } from '../support/readings';

const SIGHT = { resolutionMs: 15_000, lagMs: 30_000 };

function refused(changes: Partial<Criterion>, base = FEWER_CONVERSIONS): readonly string[] {
  return refuseCriterion({ ...base, ...changes }, SIGHT);
}

describe('a criterion of a metric source', () => {
  test('may have a negative threshold where it is relative to stable', () => {
    expect(refused({})).toEqual([]);
  });

  test('is refused where its source cannot see it in time, with the arithmetic', () => {
    expect(refused({ durationMs: 30_000 })).toEqual([
      'manual/business_metric_conversion: a duration of 30 s is shorter than its source shop-metrics can see: 15 s (resolution) + 30 s (lag) = 45 s',
    ]);
  });

  test.each<readonly [Partial<Criterion>, string]>([
    [{ unit: 'number' }, 'is in percent, not in number'],
    [{ threshold: 10 }, 'as well as stable is beyond the limit: write -10'],
    [{ threshold: -10, badWhen: 'above' }, 'as well as stable is beyond the limit: write 10'],
    [{ threshold: Number.NaN }, 'is not a number'],
    [{ source: null }, 'no source sees business_metric_conversion'],
    [{ comparison: 'absolute', threshold: Number.POSITIVE_INFINITY }, 'is not a number'],
    [{ minimumSamples: 0.5 }, 'a whole number'],
  ])('is refused as it is here: %j', (changes, words) => {
    expect(refused(changes).join()).toContain(words);
  });

  test('that is absolute may have any threshold of its own unit', () => {
    for (const unit of ['number', 'percent', 'ms'] as const)
      expect(refused({ comparison: 'absolute', unit, threshold: -273 })).toEqual([]);
  });
});

describe('a criterion of the target', () => {
  test('may be relative to stable, with a threshold above 100 %', () => {
    const relative = { comparison: 'relative-to-stable', threshold: 200 } as const;
    expect(refused(relative, ERROR_RATE)).toEqual([]);
    const fallen = {
      ...relative,
      metric: 'success_rate',
      badWhen: 'below',
      threshold: -100,
    } as const;
    expect(refused(fallen, ERROR_RATE).join()).toContain('nothing falls by more than all of it');
  });

  test('keeps its own rules where it is absolute', () => {
    expect(refused({ threshold: 101 }, ERROR_RATE).join()).toContain('above 100 %');
    expect(refused({ threshold: -1 }, ERROR_RATE).join()).toContain('not a number of 0 or more');
    expect(refused({ badWhen: 'below', threshold: 5 }, ERROR_RATE).join()).toContain('not below');
    expect(refused({ durationMs: 30_000 }, ERROR_RATE).join()).toContain('than the target can see');
  });
});
