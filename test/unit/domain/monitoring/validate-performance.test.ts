import { bucketOf } from '../../../../src/domain/analysis/histogram';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';
import { SPECIFICATION_THRESHOLDS } from '../../../../src/domain/monitoring/performance';
import type {
  PerformanceMetric,
  PerformanceResult,
  PerformanceThresholds,
} from '../../../../src/domain/monitoring/performance';
import { validatePerformance } from '../../../../src/domain/monitoring/validate-performance';
import { arm, windowsOf } from '../support/windows';
import { probed } from './monitor-scenes';

interface Given {
  readonly candidate: readonly Window[];
  readonly before: readonly Window[];
  readonly thresholds: Partial<PerformanceThresholds>;
}

/** A minute at 100 requests a second after a minute of the same of stable. */
function validate(given: Partial<Given> = {}): PerformanceResult {
  return validatePerformance({
    thresholds: { ...SPECIFICATION_THRESHOLDS, ...given.thresholds },
    apdexTargetMs: 500,
    candidate: given.candidate ?? alone(arm(100)),
    before: given.before ?? beforeIt(arm(100)),
  });
}

/** The candidate with everybody's traffic. */
function alone(candidate: ArmWindow | null, seconds = 60): readonly Window[] {
  return windowsOf(seconds, candidate, null).map((window) => ({ ...window, candidateWeight: 100 }));
}

/** Stable with everybody's traffic. */
function beforeIt(stable: ArmWindow | null, seconds = 60): readonly Window[] {
  return windowsOf(seconds, null, stable).map((window) => ({ ...window, candidateWeight: 0 }));
}

function metricOf(
  result: PerformanceResult,
  metric: PerformanceMetric['metric'],
): PerformanceMetric {
  const found = result.metrics.find((one) => one.metric === metric);
  if (found === undefined) throw new Error(`no ${metric}`);
  return found;
}

/** So many requests a second, of which `slow` took so long. */
function mixed(fast: number, slow: number, slowMs: number): ArmWindow {
  const buckets = [[bucketOf(50), fast] as const, [bucketOf(slowMs), slow] as const];
  return { ...arm(fast + slow), latency: { buckets } };
}

describe('the performance validation', () => {
  test('passes a candidate within all limits, with what was seen, of how many and for how long', () => {
    const result = validate();
    expect(result).toMatchObject({ passed: true, verdict: 'passed', durationMs: 60_000 });
    expect(result.reason).toBe(
      'Within all 6 limits over 6 000 requests in 1 m: 0 of 6 000 requests failed (0 %, limit 0.1 %), ' +
        '0 of 120 health checks failed (availability 100 %, limit 99.9 %), p50 51 ms (limit 200 ms), ' +
        'p95 51 ms (limit 500 ms), p99 51 ms (limit 1 000 ms), ' +
        'throughput 6 000 a minute (limit 1 000 a minute); throughput 6 000 a minute, target 5 000.',
    );
    expect(metricOf(result, 'apdex')).toMatchObject({ state: 'reported', value: 1, stable: 1 });
  });

  test('fails with the first failed threshold first and the others counted', () => {
    const result = validate({ candidate: alone(arm(100, 3, { latencyMs: 3_000 })) });
    expect(result).toMatchObject({ passed: false, verdict: 'failed' });
    expect(result.reason).toBe(
      '180 of 6 000 requests failed (3 %, limit 0.1 %) in 1 m; stable 0 %; 3 other thresholds missed too.',
    );
  });

  test('passes exactly at a limit', () => {
    const exact = windowsOf(60, arm(1_000, 1, { passed: 999, failed: 1, latencyMs: 200 }));
    const thresholds = { p50Ms: 200, p95Ms: 200, p99Ms: 200 };
    const result = validate({ candidate: exact, thresholds });
    expect(result.verdict).toBe('passed');
    expect(metricOf(result, 'error_rate')).toMatchObject({ value: 0.1, state: 'within' });
    expect(metricOf(result, 'availability')).toMatchObject({ value: 99.9, state: 'within' });
  });

  test('never fails a latency at its limit, wherever in its bucket the limit lies', () => {
    for (let limit = 20; limit < 3_000; limit += 41) {
      const thresholds = { p50Ms: limit, p95Ms: limit, p99Ms: limit };
      const at = validate({ candidate: alone(arm(100, 0, { latencyMs: limit })), thresholds });
      expect(at.verdict).toBe('passed');
      const beyond = alone(arm(100, 0, { latencyMs: limit * 1.101 }));
      expect(validate({ candidate: beyond, before: [], thresholds }).verdict).toBe('failed');
    }
  });

  test('counts the slow requests: one in a hundred may be slower than p99, two may not', () => {
    const thresholds = { p99Ms: 1_000 };
    const one = validate({ candidate: alone(mixed(99, 1, 5_000)), thresholds });
    expect(metricOf(one, 'p99').state).toBe('within');
    const two = validate({ candidate: alone(mixed(98, 2, 5_000)), thresholds });
    expect(metricOf(two, 'p99').state).toBe('beyond');
    expect(two.reason).toBe(
      'p99 4 936 ms (limit 1 000 ms) over 6 000 requests in 1 m; stable 51 ms.',
    );
  });

  test('says no-data before a whole unbroken minute was observed', () => {
    expect(validate({ candidate: alone(arm(100), 59) }).reason).toBe(
      'Not enough was seen to judge: 59 s of 1 m were observed without a gap.',
    );
    const gap = alone(arm(100), 110).filter(({ number }) => number !== 55);
    expect(validate({ candidate: gap })).toMatchObject({ passed: false, verdict: 'no-data' });
    const longer = alone(arm(100), 130).filter(({ number }) => number !== 55);
    expect(validate({ candidate: longer })).toMatchObject({
      verdict: 'passed',
      durationMs: 129_000,
    });
  });

  test('says no-data without windows, without anybody who watched, and with too few requests, however bad they were', () => {
    expect(validate({ candidate: [] }).reason).toContain('nobody has watched the candidate');
    expect(validate({ candidate: alone(null) }).verdict).toBe('no-data');
    expect(validate({ candidate: alone(arm(1, 1)) })).toMatchObject({
      verdict: 'no-data',
      reason: 'Not enough was seen to judge: 60 requests of 100 in 1 m.',
    });
  });

  test('says no-data where a threshold is asked for that nobody measured', () => {
    const blind = alone(arm(100, 0, { passed: 0, failed: 0 }));
    expect(validate({ candidate: blind })).toMatchObject({
      verdict: 'no-data',
      reason: 'Not enough was seen to judge: nothing was seen of availability.',
    });
    expect(validate({ candidate: blind, thresholds: { availability: null } }).verdict).toBe(
      'passed',
    );
  });

  test('says no-data where a single failure cannot be told from the limit, and judges it once it can', () => {
    const once = (seconds: number): readonly Window[] =>
      alone(arm(10), seconds).map((window, index) =>
        index === 3 ? { ...window, arms: { ...window.arms, candidate: arm(10, 1) } } : window,
      );
    expect(validate({ candidate: once(60), before: [] }).reason).toBe(
      'Not enough was seen to judge: 1 of 600 requests failed, and a limit of 0.1 % takes 1 000 requests to tell.',
    );
    expect(validate({ candidate: once(100), before: [] }).verdict).toBe('passed');
  });

  test('does not hold against the candidate what stable missed before, or misses at the same time', () => {
    const slow = arm(100, 0, { latencyMs: 300 });
    const before = validate({ candidate: alone(slow), before: beforeIt(slow) });
    expect(before.verdict).toBe('passed');
    expect(metricOf(before, 'p50')).toMatchObject({ state: 'shared', limit: 200 });
    expect(before.reason).toContain('stable missed that limit too');
    const beside = validate({ candidate: windowsOf(60, slow, slow) });
    expect(metricOf(beside, 'p50').state).toBe('shared');
    const few = validate({
      candidate: alone(slow),
      before: beforeIt(arm(1, 0, { latencyMs: 300 })),
    });
    expect(metricOf(few, 'p50').state).toBe('beyond');
  });

  test('fails what is far worse than stable, although stable missed the limit too', () => {
    const failing = validate({
      candidate: alone(arm(1_000, 490)),
      before: beforeIt(arm(1_000, 2)),
    });
    expect(failing.verdict).toBe('failed');
    expect(metricOf(failing, 'error_rate')).toMatchObject({ state: 'beyond', stable: 0.2 });
    const slow = validate({
      candidate: alone(arm(100, 0, { latencyMs: 4_000 })),
      before: beforeIt(arm(100, 0, { latencyMs: 220 })),
    });
    expect(metricOf(slow, 'p50').state).toBe('beyond');
    const unhealthy = validate({
      candidate: alone(arm(100, 0, { passed: 50, failed: 50 })),
      before: beforeIt(arm(100, 0, { passed: 998, failed: 2 })),
    });
    expect(metricOf(unhealthy, 'availability').state).toBe('beyond');
  });

  test('judges the throughput of the whole service, and only where it was met before', () => {
    const tenth = windowsOf(60, arm(10), arm(90));
    expect(metricOf(validate({ candidate: tenth }), 'throughput')).toMatchObject({
      value: 6_000,
      stable: 6_000,
      state: 'within',
    });
    const starved = validate({ candidate: alone(arm(10)) });
    expect(starved.verdict).toBe('failed');
    expect(metricOf(starved, 'throughput')).toMatchObject({ value: 600, state: 'beyond' });
    const quiet = validate({ candidate: alone(arm(10)), before: beforeIt(arm(5)) });
    expect(quiet.verdict).toBe('passed');
    expect(quiet.reason).toContain(
      'throughput is only reported: the service had 300 a minute before, fewer than the 1 000 asked for',
    );
    const first = validate({ candidate: alone(arm(10)), before: [] });
    expect(first.reason).toContain('too little was seen of stable before');
  });

  test('does not take a revision that nobody watched for one without requests', () => {
    const unwatched = windowsOf(60, arm(10), null);
    const result = validate({ candidate: unwatched });
    expect(metricOf(result, 'throughput')).toMatchObject({ value: null, state: 'no-data' });
    expect(result.verdict).toBe('no-data');
  });

  test('rests on probes where users are too few, and says so', () => {
    const good = validate({ candidate: alone(probed(5)), before: [] });
    expect(good).toMatchObject({ verdict: 'passed' });
    expect(good.reason).toContain('over 300 probes in 1 m');
    expect(good.reason).toContain('probes only, no user traffic');
    const bad = validate({ candidate: alone(probed(5, 2)), before: [] });
    expect(bad.verdict).toBe('failed');
    expect(bad.reason).toContain('probes only, no user traffic');
  });

  test('only reports where nobody set a limit', () => {
    const thresholds = {
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
      errorRate: null,
      availability: null,
      throughput: { minPerMinute: null, targetPerMinute: null },
    };
    const result = validate({ candidate: alone(arm(100, 50)), thresholds });
    expect(result).toMatchObject({
      verdict: 'passed',
      reason: 'Nothing was held against a limit over 6 000 requests in 1 m.',
    });
    expect(result.metrics.every(({ state }) => state === 'reported')).toBe(true);
  });
});
