import { METRICS } from './criterion';
import type { MetricName } from './criterion';
import { mergeHistograms, histogramCount, quantileMs } from './histogram';
import type { ArmWindow } from './window';

/** A metric over several windows of one revision. */
export interface Measurement {
  /** Percent or ms; null where nothing was counted. */
  readonly value: number | null;
  /** Requests, answered requests (latencies) or health checks. */
  readonly samples: number;
}

/** Counts are summed and histograms merged before anything is divided. */
export function measureMetric(metric: MetricName, windows: readonly ArmWindow[]): Measurement {
  switch (metric) {
    case 'error_rate':
      return share(sum(windows, 'errors'), sum(windows, 'requests'));
    case 'success_rate': {
      const requests = sum(windows, 'requests');
      return share(requests - sum(windows, 'errors'), requests);
    }
    case 'availability': {
      const passed = sum(windows, 'healthChecksPassed');
      return share(passed, passed + sum(windows, 'healthChecksFailed'));
    }
    case 'response_time_p50':
      return quantile(windows, 0.5);
    case 'response_time_p95':
      return quantile(windows, 0.95);
    case 'response_time_p99':
      return quantile(windows, 0.99);
  }
}

/** Whether the value is worse than the threshold; exactly at it is not. */
export function isBeyond(
  rule: { readonly threshold: number; readonly badWhen: 'above' | 'below' },
  value: number,
): boolean {
  return rule.badWhen === 'above' ? value > rule.threshold : value < rule.threshold;
}

export function unitOf(metric: MetricName): 'percent' | 'ms' {
  return METRICS[metric].unit;
}

type Count = 'requests' | 'errors' | 'healthChecksPassed' | 'healthChecksFailed';

function sum(windows: readonly ArmWindow[], count: Count): number {
  return windows.reduce((total, window) => total + window[count], 0);
}

function share(part: number, whole: number): Measurement {
  // Multiplied first: 7 of 100 is 7 %, and not a little more.
  return { value: whole === 0 ? null : (100 * part) / whole, samples: whole };
}

function quantile(windows: readonly ArmWindow[], q: number): Measurement {
  const merged = mergeHistograms(windows.map((window) => window.latency));
  return { value: quantileMs(merged, q), samples: histogramCount(merged) };
}
