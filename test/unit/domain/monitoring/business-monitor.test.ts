import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import type { MonitorReport } from '../../../../src/domain/monitoring/session';
import { ERROR_RATE } from '../support/plan-inputs';
import { CONVERSION, keysOf, readingsOf, reportOf, scene, SHOP_SOURCE } from './monitor-scenes';

const FALL: Criterion = {
  ...ERROR_RATE,
  id: 'manual/business_metric_conversion',
  metric: CONVERSION,
  threshold: -10,
  badWhen: 'below',
  comparison: 'relative-to-stable',
  source: 'shop',
  durationMs: 600_000,
  severity: 'high',
  action: 'ask',
  minimumSamples: 100,
};

const FLOOR: Criterion = { ...FALL, threshold: 3, comparison: 'absolute', severity: 'medium' };

const sold = (events: number, of = 1_000) => ({ kind: 'ratio', events, of }) as const;
const measured = (value: number, samples = 1_000) => ({ kind: 'value', value, samples }) as const;

type Sample = ReturnType<typeof sold> | ReturnType<typeof measured> | null;

function business(
  candidate: Sample,
  stable: Sample,
  changes: { criteria?: readonly Criterion[]; atMs?: number; stable?: null } = {},
): MonitorReport {
  const monitoring = { ...DEFAULT_MONITORING, sources: [SHOP_SOURCE] };
  const readings = readingsOf(candidate, stable);
  return reportOf('business', scene({ monitoring, readings, atMs: 310_000, ...changes }));
}

describe('the business monitor', () => {
  test('scores 100 less the worst relative loss against stable', () => {
    const report = business(sold(36), sold(40), { criteria: [FALL] });
    expect(report).toMatchObject({ state: 'watching', healthy: true, score: 90 });
    expect(report.values).toEqual([
      { name: CONVERSION, unit: 'percent', candidate: 3.6, stable: 4, samples: 20_000 },
    ]);
    expect(business(sold(50), sold(40)).score).toBe(100);
  });

  test('has an issue beyond its criterion, and none exactly at it', () => {
    const report = business(sold(35), sold(40), { criteria: [FALL] });
    expect(report.issues).toMatchObject([{ key: `business/${CONVERSION}`, severity: 'high' }]);
    expect(report.issues[0]?.sentence).toBe(
      `${CONVERSION} is 12.5 % below stable (limit 10 %): 3.5 % of 20 000 against 4 % of 20 000, over the last 300 s.`,
    );
    expect(business(sold(36), sold(40), { criteria: [FALL] }).issues).toEqual([]);
  });

  test('holds an absolute limit that stable misses too against nobody', () => {
    const criteria = [FLOOR];
    expect(keysOf(business(sold(25), sold(40), { criteria }))).toEqual([`business/${CONVERSION}`]);
    const shared = business(sold(28), sold(29), { criteria });
    expect(shared.healthy).toBe(true);
    expect(shared.notes?.join()).toContain('not held against the candidate');
  });

  test('without a criterion has an issue from a fifth less on, unless chance explains it', () => {
    expect(keysOf(business(sold(30), sold(40)))).toEqual([`business/${CONVERSION}`]);
    expect(business(sold(33), sold(40)).healthy).toBe(true);
    expect(business(sold(3, 100), sold(4, 100)).healthy).toBe(true);
    expect(keysOf(business(measured(70), measured(100)))).toEqual([`business/${CONVERSION}`]);
  });

  test('says nothing from too few samples, in either revision', () => {
    const counted = business(sold(0, 4), sold(4, 100));
    expect(counted.notes).toEqual([
      `${CONVERSION}: 80 of 100 samples in the last 5 m say nothing.`,
    ]);
    expect(business(sold(3, 100), sold(1, 4)).state).toBe('no-data');
    expect(business(measured(70, 1), measured(100, 1))).toMatchObject({
      healthy: false,
      score: 70,
    });
    const few = business(sold(1, 4), sold(4, 100), { criteria: [FALL] });
    expect(few).toMatchObject({ state: 'no-data', healthy: null });
  });

  test('takes nothing from a source that mixes counts and values', () => {
    const monitoring = { ...DEFAULT_MONITORING, sources: [SHOP_SOURCE] };
    const mixed = readingsOf(sold(40), sold(40)).map((reading, index) =>
      index === 7
        ? { ...reading, arms: { ...reading.arms, candidate: { [CONVERSION]: measured(4) } } }
        : reading,
    );
    const report = reportOf('business', scene({ monitoring, readings: mixed, atMs: 310_000 }));
    expect(report).toMatchObject({ state: 'no-data', healthy: null });
  });

  test('on a first deployment judges absolute limits alone', () => {
    const first = business(sold(40), null, { stable: null });
    expect(first).toMatchObject({ state: 'no-data', healthy: null });
    expect(first.notes?.join()).toContain('first deployment');
    const criteria = [FLOOR];
    expect(business(sold(40), null, { criteria, stable: null })).toMatchObject({
      healthy: true,
      score: 100,
    });
    const low = business(sold(15), null, { criteria, stable: null });
    expect(low).toMatchObject({ healthy: false, score: 50 });
  });

  test('says no-data without sources, readings, samples or a stable to compare with, and why', () => {
    const lacking = [
      [reportOf('business', scene()), 'No metric source names a metric'],
      [business(null, sold(40)), 'shown nothing of the candidate'],
      [business(sold(40), null), 'too little of stable'],
      [business(sold(0, 0), sold(40)), 'shown nothing of the candidate'],
      [business(sold(0, 0.5), sold(40)), '10 of 100 samples'],
      [business(sold(40), sold(40), { atMs: 900_000 }), 'shown nothing of the candidate'],
      [business(measured(Number.NaN), sold(40)), 'shown nothing of the candidate'],
      [business(measured(-1, 1_000), measured(0)), 'stable has 0'],
    ] as const;
    for (const [report, why] of lacking) {
      expect(report).toMatchObject({ state: 'no-data', healthy: null, score: null, issues: [] });
      expect(report.notes?.join()).toContain(why);
    }
  });

  test('takes readings twice and in any order as once', () => {
    const monitoring = { ...DEFAULT_MONITORING, sources: [SHOP_SOURCE] };
    const readings = readingsOf(sold(36), sold(40));
    const of = (given: typeof readings) =>
      reportOf('business', scene({ monitoring, readings: given, atMs: 310_000 }));
    expect(of([...readings.toReversed(), ...readings])).toEqual(of(readings));
  });
});
