import fc from 'fast-check';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import { SPECIFICATION_THRESHOLDS } from '../../../../src/domain/monitoring/performance';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, windowsOf } from '../support/windows';
import { keysOf, probed, reportOf, scene } from './monitor-scenes';

const MANUAL: Criterion = {
  ...ERROR_RATE,
  id: 'manual/error_rate',
  threshold: 2,
  severity: 'high',
  action: 'ask',
};

describe('the error monitor', () => {
  test('has an issue beyond a criterion, with the severity of the worst that is exceeded', () => {
    const at = (errors: number) =>
      reportOf(
        'errors',
        scene({ windows: windowsOf(90, arm(100, errors)), criteria: [MANUAL, ERROR_RATE] }),
      );
    expect(at(2)).toMatchObject({ healthy: true, issues: [] });
    expect(at(3).issues).toMatchObject([{ key: 'errors/error_rate', severity: 'high' }]);
    expect(at(3).issues[0]?.sentence).toBe(
      '180 of 6 000 requests failed (3 %, limit 2 %) in the last 60 s; stable 0 % of 5 400.',
    );
    expect(at(6).issues).toMatchObject([{ severity: 'critical' }]);
    expect(at(6).issues[0]?.sentence).toContain('limit 5 %');
  });

  test('scores 100 without errors, 50 at the strictest criterion, and 0 from twice that on', () => {
    const scoreAt = (errors: number, criteria: readonly Criterion[]) =>
      reportOf('errors', scene({ windows: windowsOf(90, arm(100, errors)), criteria })).score;
    expect(scoreAt(0, [])).toBe(100);
    expect(scoreAt(5, [])).toBe(50);
    expect(scoreAt(5, [{ ...ERROR_RATE, threshold: 20 }])).toBe(50);
    expect(scoreAt(2, [MANUAL, ERROR_RATE])).toBe(50);
    expect(scoreAt(60, [])).toBe(0);
    const success = {
      ...ERROR_RATE,
      metric: 'success_rate',
      threshold: 98,
      badWhen: 'below',
    } as const;
    expect(scoreAt(2, [success])).toBe(50);
  });

  test('a score falls with every error, however strict the criterion', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 99 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (errors, threshold) => {
          const criteria = [{ ...ERROR_RATE, threshold }];
          const of = (count: number) =>
            reportOf('errors', scene({ windows: windowsOf(60, arm(100, count)), criteria }))
              .score ?? -1;
          expect(of(errors + 1)).toBeLessThanOrEqual(of(errors));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('without a limit of the file goes by stable, else by 5 %', () => {
    const at = (errors: number, stable: ReturnType<typeof arm> | null) =>
      reportOf('errors', scene({ windows: windowsOf(90, arm(100, errors), stable) }));
    expect(at(1, arm(900, 9)).healthy).toBe(true);
    expect(at(4, arm(900, 36)).healthy).toBe(true);
    expect(at(4, arm(900, 9)).issues).toEqual([
      {
        key: 'errors/error_rate',
        severity: 'medium',
        sentence:
          "error_rate was 4 % over 6 000 requests in the last 60 s; stable 1 % of 54 000: far worse (limit twice stable's rate).",
      },
    ]);
    expect(at(4, null).healthy).toBe(true);
    expect(at(6, null).issues).toMatchObject([{ severity: 'high' }]);
  });

  test('blames nobody for what chance explains beside a stable just below the limit', () => {
    const windows = (errors: number) =>
      windowsOf(60, arm(5), arm(95, 3)).map((window) => ({
        ...window,
        arms: { ...window.arms, candidate: arm(5, window.number < errors ? 1 : 0) },
      }));
    const at = (errors: number) =>
      reportOf('errors', scene({ windows: windows(errors), criteria: [ERROR_RATE] }));
    expect(at(17)).toMatchObject({ healthy: true });
    expect(at(17).notes?.join()).toContain('no better within chance');
    expect(at(30).healthy).toBe(false);
  });

  test('goes by the threshold of the performance validation where no criterion is given', () => {
    const windows = windowsOf(90, arm(100, 1), arm(90));
    const performance = { apdexTargetMs: 500, thresholds: SPECIFICATION_THRESHOLDS };
    const monitoring = { ...DEFAULT_MONITORING, performance };
    expect(reportOf('errors', scene({ windows, monitoring })).issues[0]?.sentence).toContain(
      'limit 0.1 %',
    );
    expect(reportOf('errors', scene({ windows: windowsOf(90, arm(100, 6)) })).healthy).toBe(false);
  });

  test('weighs a criterion for the success rate too', () => {
    const criteria = [
      { ...ERROR_RATE, metric: 'success_rate', threshold: 99, badWhen: 'below' } as const,
    ];
    const at = (errors: number) =>
      keysOf(reportOf('errors', scene({ windows: windowsOf(90, arm(100, errors)), criteria })));
    expect(at(1)).toEqual([]);
    expect(at(2)).toEqual(['errors/success_rate']);
  });

  test('holds a shared incident against nobody, says so, and does not hide who is far worse in it', () => {
    const incident = scene({
      windows: windowsOf(90, arm(100, 9), arm(900, 81)),
      criteria: [ERROR_RATE],
    });
    const report = reportOf('errors', incident);
    expect(report).toMatchObject({ state: 'watching', healthy: true });
    expect(report.notes).toEqual([
      '540 of 6 000 requests failed (9 %, limit 5 %) in the last 60 s; stable 9 % of 54 000: stable does no better within chance, so it is not held against the candidate.',
    ]);
    const worse = scene({
      windows: windowsOf(90, arm(100, 60), arm(900, 81)),
      criteria: [ERROR_RATE],
    });
    expect(reportOf('errors', worse).healthy).toBe(false);
  });

  test('looks further back where a minute shows too few requests, and says for how long', () => {
    const sparse = windowsOf(300, null).map((window) => ({
      ...window,
      arms: {
        stable: arm(0),
        candidate: arm(window.number % 10 === 0 ? 1 : 0, window.number % 20 === 0 ? 1 : 0),
      },
    }));
    const report = reportOf('errors', scene({ windows: sparse, criteria: [ERROR_RATE] }));
    expect(report.issues[0]?.sentence).toBe(
      '15 of 30 requests failed (50 %, limit 5 %) in the last 300 s; stable: nothing to compare with.',
    );
  });

  test('says no-data with too few requests, but not where more than half of them fail', () => {
    const few = (errors: number) =>
      reportOf(
        'errors',
        scene({ windows: [...windowsOf(1, arm(5, errors)), ...windowsOf(9, arm(0)).slice(1)] }),
      );
    expect(few(0)).toMatchObject({ state: 'no-data', healthy: null, score: null });
    expect(few(2)).toMatchObject({ state: 'no-data' });
    expect(few(0).notes).toEqual(['5 requests in the last 9 s: fewer than 20 say nothing.']);
    expect(few(0).values).toMatchObject([{ name: 'error_rate', candidate: 0, samples: 5 }]);
    expect(few(4)).toMatchObject({ healthy: false, score: 0 });
    expect(few(4).issues).toMatchObject([{ severity: 'critical' }]);
  });

  test('rests on probes without users, and says so', () => {
    const good = reportOf('errors', scene({ windows: windowsOf(90, probed(1), probed(1)) }));
    expect(good).toMatchObject({ healthy: true, score: 100 });
    expect(good.notes).toEqual(['Probes only, no user traffic.']);
    const bad = reportOf('errors', scene({ windows: windowsOf(90, probed(1, 1), probed(1)) }));
    expect(bad).toMatchObject({ healthy: false, score: 0 });
    expect(bad.values).toMatchObject([{ candidate: 100, stable: 0, samples: 60 }]);
  });
});
