import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import { SPECIFICATION_THRESHOLDS } from '../../../../src/domain/monitoring/performance';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, windowAt, windowsOf } from '../support/windows';
import { keysOf, reportOf, scene, withCandidates } from './monitor-scenes';

const AVAILABILITY: Criterion = {
  ...ERROR_RATE,
  id: 'automatic/availability',
  metric: 'availability',
  threshold: 90,
  badWhen: 'below',
  severity: 'critical',
  minimumSamples: 3,
};

const failing = arm(10, 0, { passed: 3, failed: 1 });

describe('the health monitor', () => {
  test('scores the share of health checks that passed', () => {
    const report = reportOf('health', scene({ windows: windowsOf(90, arm(10), arm(90)) }));
    expect(report).toMatchObject({ state: 'watching', healthy: true, score: 100 });
    expect(report.values).toEqual([
      { name: 'availability', unit: 'percent', candidate: 100, stable: 100, samples: 60 },
    ]);
  });

  test('has an issue below the criterion, with its severity and what was seen against it', () => {
    const windows = windowsOf(90, failing, arm(90));
    const report = reportOf('health', scene({ windows, criteria: [AVAILABILITY] }));
    expect(report).toMatchObject({ healthy: false, score: 75 });
    expect(report.issues).toHaveLength(1);
    expect(report.issues[0]).toMatchObject({ key: 'health/availability', severity: 'critical' });
    expect(report.issues[0]?.sentence).toBe(
      '30 of 120 health checks failed (availability 75 %, limit 90 %) in the last 30 s; stable 100 % of 60.',
    );
  });

  test('sees the last 30 s alone', () => {
    const windows = withCandidates(windowsOf(90, arm(10)), (number) =>
      number < 60 ? failing : arm(10),
    );
    expect(reportOf('health', scene({ windows })).score).toBe(100);
  });

  test('goes by the threshold of the performance validation where no criterion says what is too little', () => {
    const once = (number: number) => arm(10, 0, { passed: 9, failed: number === 80 ? 4 : 0 });
    const windows = withCandidates(windowsOf(90, arm(10)), once);
    expect(keysOf(reportOf('health', scene({ windows })))).toEqual([]);
    const performance = { apdexTargetMs: 500, thresholds: SPECIFICATION_THRESHOLDS };
    const monitoring = { ...DEFAULT_MONITORING, performance };
    const report = reportOf('health', scene({ windows, monitoring }));
    expect(report.issues).toMatchObject([{ severity: 'high' }]);
    expect(report.issues[0]?.sentence).toContain('limit 99.9 %');
  });

  test('does not cry over one failed check where nobody set a limit', () => {
    const windows = windowsOf(5, arm(10, 0, { passed: 1, failed: 0 }), null).map((window) =>
      window.number === 3 ? windowAt(3, arm(10, 0, { passed: 0, failed: 1 }), null) : window,
    );
    expect(reportOf('health', scene({ windows }))).toMatchObject({ healthy: true, score: 80 });
  });

  test('holds nothing against the candidate that stable suffers too, says so, and tells a candidate that is far worse', () => {
    const both = scene({ windows: windowsOf(90, failing, failing), criteria: [AVAILABILITY] });
    const report = reportOf('health', both);
    expect(report).toMatchObject({ healthy: true, score: 75 });
    expect(report.notes?.join()).toContain('not held against the candidate');
    const dead = arm(10, 0, { passed: 0, failed: 4 });
    const worse = scene({ windows: windowsOf(90, dead, failing), criteria: [AVAILABILITY] });
    expect(keysOf(reportOf('health', worse))).toEqual(['health/availability']);
  });

  test('acts on shared trouble where the criterion says so', () => {
    const criteria = [{ ...AVAILABILITY, alsoWhenBaselineBreaches: true }];
    const both = scene({ windows: windowsOf(90, failing, failing), criteria });
    expect(reportOf('health', both).healthy).toBe(false);
  });

  test('says no-data without health checks, and says what it lacks', () => {
    const blind = windowsOf(90, arm(10, 0, { passed: 0, failed: 0 }));
    const report = reportOf('health', scene({ windows: blind }));
    expect(report).toMatchObject({ state: 'no-data', healthy: null, score: null });
    expect(report.notes).toEqual(['No health check of the candidate was seen lately.']);
  });
});
