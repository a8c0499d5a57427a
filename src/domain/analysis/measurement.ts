import { sumWindows, type ArmSums, type Counts } from './counts';
import { isBuiltInMetric, METRICS } from './criterion';
import type { BuiltInMetric, MetricName, MetricUnit } from './criterion';
import { quantileOf } from './histogram';
import type { ArmWindow } from './window';

/** A metric over several windows of one revision. */
export interface Measurement {
  /** In the metric's own unit; null where nothing was counted. */
  readonly value: number | null;
  /** Requests, answered requests (latencies), health checks, or what a source counts. */
  readonly samples: number;
}

export const NOTHING: Measurement = { value: null, samples: 0 };

/** Counts are summed and histograms merged before anything is divided. Of users' requests. */
export function measureMetric(metric: BuiltInMetric, windows: readonly ArmWindow[]): Measurement {
  return measureSums(metric, sumWindows(windows), 'users');
}

/** The same, of counts that are summed already. Health checks are no request: they count as users'. */
export function measureSums(
  metric: BuiltInMetric,
  sums: ArmSums,
  basis: 'users' | 'probes',
): Measurement {
  if (metric === 'availability') return basis === 'users' ? measureAvailability(sums) : NOTHING;
  return measureCounts(metric, sums[basis]);
}

/** Whether the value is worse than the threshold; exactly at it is not. */
export function isBeyond(
  rule: { readonly threshold: number; readonly badWhen: 'above' | 'below' },
  value: number,
): boolean {
  return rule.badWhen === 'above' ? value > rule.threshold : value < rule.threshold;
}

export function unitOf(metric: MetricName): MetricUnit {
  return isBuiltInMetric(metric) ? METRICS[metric].unit : 'number';
}

function measureAvailability({ healthChecksPassed, healthChecksFailed }: ArmSums): Measurement {
  return share(healthChecksPassed, healthChecksPassed + healthChecksFailed);
}

function measureCounts(
  metric: Exclude<BuiltInMetric, 'availability'>,
  { requests, errors, latency }: Counts,
): Measurement {
  switch (metric) {
    case 'error_rate':
      return share(errors, requests);
    case 'success_rate':
      return share(requests - errors, requests);
    case 'response_time_p50':
      return quantile(latency, 0.5);
    case 'response_time_p95':
      return quantile(latency, 0.95);
    case 'response_time_p99':
      return quantile(latency, 0.99);
  }
}

function share(part: number, whole: number): Measurement {
  // Multiplied first: 7 of 100 is 7 %, and not a little more.
  return { value: whole === 0 ? null : (100 * part) / whole, samples: whole };
}

function quantile(latency: readonly number[], q: number): Measurement {
  let samples = 0;
  for (const count of latency) samples += count;
  return { value: quantileOf(latency, q), samples };
}
