import type { BuiltInMetric, Criterion, Severity } from '../analysis/criterion';
import { METRICS } from '../analysis/criterion';
import type { MonitorScene } from './monitor-scene';
import { thresholdOf, type PerformanceThresholds } from './performance';

/** What a monitor holds a value against. */
export interface MonitorLimit {
  /** In the metric's unit. */
  readonly threshold: number;
  readonly badWhen: 'above' | 'below';
  readonly severity: Severity;
  /** Fewer samples say nothing. */
  readonly minimumSamples: number;
  /** With fewer bad events (failed requests, failed checks) it is not reached. */
  readonly fewestEvents: number;
  readonly alsoWhenBaselineBreaches: boolean;
}

/** Of criteria the file's numbers alone decide: they say how many samples they need. */
const ANY_EVENTS = 1;
const FEWEST_EVENTS = 3;

/**
 * The criteria of this metric; where there are none, the threshold of the performance validation; where that is missing
 * too, nothing: what follows then is up to each monitor.
 */
export function limitsOf(
  { criteria, monitoring }: MonitorScene,
  metric: BuiltInMetric,
): readonly MonitorLimit[] {
  const own = criteria.filter((criterion) => criterion.metric === metric);
  if (own.length > 0) return own.map(limitOfCriterion);
  const { thresholds } = monitoring.performance;
  const threshold = thresholds === null ? null : thresholdOf(thresholds, metric);
  if (thresholds === null || threshold === null) return [];
  const limit = plainLimit({ metric, threshold, severity: 'high' });
  return [{ ...limit, minimumSamples: Math.max(limit.minimumSamples, enough(thresholds, metric)) }];
}

export function limitOfCriterion(criterion: Criterion): MonitorLimit {
  const { threshold, badWhen, severity, minimumSamples, alsoWhenBaselineBreaches } = criterion;
  return {
    threshold,
    badWhen,
    severity,
    minimumSamples: Math.max(1, minimumSamples),
    fewestEvents: ANY_EVENTS,
    alsoWhenBaselineBreaches,
  };
}

/** A limit that no criterion gives. */
export function plainLimit(limit: {
  readonly metric: BuiltInMetric;
  readonly threshold: number;
  readonly severity: Severity;
}): MonitorLimit {
  const { metric, threshold, severity } = limit;
  return {
    threshold,
    badWhen: METRICS[metric].badWhen,
    severity,
    minimumSamples: fewestSamples(metric),
    fewestEvents: METRICS[metric].unit === 'ms' ? ANY_EVENTS : FEWEST_EVENTS,
    alsoWhenBaselineBreaches: false,
  };
}

/** So many that one request or health check alone decides nothing. */
export function fewestSamples(metric: BuiltInMetric): number {
  switch (metric) {
    case 'availability':
      return 3;
    case 'error_rate':
    case 'success_rate':
    case 'response_time_p50':
      return 20;
    case 'response_time_p95':
      return 100;
    case 'response_time_p99':
      return 200;
  }
}

/** Health checks are far fewer than requests. */
function enough({ minimumRequests }: PerformanceThresholds, metric: BuiltInMetric): number {
  return METRICS[metric].needs === 'requests' ? minimumRequests : 0;
}
