import { bucketOf } from '../../../../src/domain/analysis/histogram';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import { ERROR_RATE } from '../support/plan-inputs';
import { arm, windowsOf } from '../support/windows';
import { keysOf, probed, reportOf, scene } from './monitor-scenes';

const P99: Criterion = {
  ...ERROR_RATE,
  id: 'automatic/response_time_p99',
  metric: 'response_time_p99',
  unit: 'ms',
  threshold: 2_000,
  minimumSamples: 100,
};

/** Some of the hundred requests are slow. */
function slowArm(slow: number, slowMs: number) {
  const buckets = [[bucketOf(50), 100 - slow] as const, [bucketOf(slowMs), slow] as const];
  return { ...arm(100), latency: { buckets: buckets.filter(([, count]) => count > 0) } };
}

describe('the performance monitor', () => {
  test('shows latencies, Apdex and throughput beside those of stable, and scores by Apdex', () => {
    const windows = windowsOf(90, arm(10, 0, { latencyMs: 1_000 }), arm(90));
    const report = reportOf('performance', scene({ windows }));
    expect(report.score).toBe(50);
    expect(report.values.map(({ name, unit }) => [name, unit])).toEqual([
      ['response_time_p50', 'ms'],
      ['response_time_p95', 'ms'],
      ['response_time_p99', 'ms'],
      ['apdex', 'score'],
      ['throughput', 'per-minute'],
    ]);
    expect(report.values[3]).toMatchObject({ candidate: 0.5, stable: 1, samples: 600 });
    expect(report.values[4]).toMatchObject({ candidate: 600, stable: 5_400, samples: 600 });
  });

  test('has an issue beyond a criterion, from the buckets that are surely beyond it', () => {
    const at = (slow: number, slowMs: number) =>
      reportOf(
        'performance',
        scene({ windows: windowsOf(90, slowArm(slow, slowMs)), criteria: [P99] }),
      );
    expect(keysOf(at(1, 9_000))).toEqual([]);
    expect(keysOf(at(2, 2_000))).toEqual([]);
    expect(at(2, 9_000).issues).toMatchObject([
      { key: 'performance/response_time_p99', severity: 'critical' },
    ]);
    expect(at(2, 9_000).issues[0]?.sentence).toMatch(
      /^response_time_p99 was \d \d{3} ms \(limit 2 000 ms\) over 6 000 requests in the last 60 s; stable \d+ ms of 5 400\.$/,
    );
  });

  test('goes by stable where nobody set a limit: far slower is an issue, somewhat slower is not', () => {
    const at = (latencyMs: number) =>
      reportOf(
        'performance',
        scene({
          windows: windowsOf(90, arm(10, 0, { latencyMs }), arm(90, 0, { latencyMs: 100 })),
        }),
      );
    expect(keysOf(at(140))).toEqual([]);
    expect(keysOf(at(300))).toEqual([
      'performance/response_time_p50',
      'performance/response_time_p95',
      'performance/response_time_p99',
    ]);
    expect(at(300).issues[0]?.sentence).toContain('far worse');
  });

  test('has an issue where users of the candidate fare clearly worse than those of stable', () => {
    const windows = windowsOf(90, slowArm(30, 3_000), slowArm(1, 3_000));
    const report = reportOf('performance', scene({ windows }));
    expect(keysOf(report)).toContain('performance/apdex');
    expect(report.issues.find(({ key }) => key === 'performance/apdex')?.sentence).toBe(
      'Apdex was 0.7 (limit 0.89, target 500 ms) over 6 000 requests in the last 60 s; stable 0.99 of 6 000.',
    );
  });

  test('holds a slow hour of everybody against nobody', () => {
    const slow = arm(100, 0, { latencyMs: 9_000 });
    const report = reportOf(
      'performance',
      scene({ windows: windowsOf(90, slow, slow), criteria: [P99] }),
    );
    expect(report).toMatchObject({ healthy: true, score: 0 });
    expect(report.notes?.join()).toContain('not held against the candidate');
  });

  test('without stable calls a poor Apdex an issue', () => {
    const windows = windowsOf(90, arm(100, 0, { latencyMs: 9_000 }), null);
    const report = reportOf('performance', scene({ windows, stable: null }));
    expect(report.issues.map(({ sentence }) => sentence)).toEqual([
      'Apdex was 0 (limit 0.7, target 500 ms) over 6 000 requests in the last 60 s; stable: nothing to compare with.',
    ]);
  });

  test('a candidate that answers nothing at all has no satisfied user', () => {
    const silent = { ...arm(100, 100), latency: { buckets: [] } };
    expect(reportOf('performance', scene({ windows: windowsOf(90, silent) }))).toMatchObject({
      healthy: false,
      score: 0,
    });
  });

  test('asks probes where there are no users, and says so', () => {
    const performance = { apdexTargetMs: 10, thresholds: null };
    const monitoring = { ...DEFAULT_MONITORING, performance };
    const windows = windowsOf(90, probed(1, 0, 30), probed(1, 0, 30));
    const report = reportOf('performance', scene({ windows, monitoring }));
    expect(report).toMatchObject({
      healthy: true,
      score: 50,
      notes: ['Probes only, no user traffic.'],
    });
    expect(report.values[4]).toMatchObject({ name: 'throughput', candidate: 0, samples: 0 });
  });

  test('says no-data where requests were counted and no latency was', () => {
    const mute = { ...arm(100), latency: { buckets: [] } };
    const report = reportOf('performance', scene({ windows: windowsOf(90, mute) }));
    expect(report).toMatchObject({ state: 'no-data', healthy: null });
    expect(report.notes).toEqual(['No latency of the candidate was seen lately.']);
  });
});
