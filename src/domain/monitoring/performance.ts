import type { MetricName } from '../analysis/criterion';

/** What performance means for this service. Durations in ms. */
export interface PerformancePolicy {
  /** Apdex: satisfied up to this, tolerating up to four times this. */
  readonly apdexTargetMs: number;
  /** Held against the candidate before it counts as live; null: nobody asked for a validation. */
  readonly thresholds: PerformanceThresholds | null;
}

/** The specification's thresholds (phase 4.2). Null: not judged. */
export interface PerformanceThresholds {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly throughput: {
    /** Requests a minute of the whole service; judged only where stable met it. */
    readonly minPerMinute: number | null;
    /** Only reported. */
    readonly targetPerMinute: number | null;
  };
  /** Percent, at most. */
  readonly errorRate: number | null;
  /** Percent of active health checks, at least. */
  readonly availability: number | null;
  /** So much must have been observed, at least a minute. */
  readonly windowMs: number;
  readonly minimumRequests: number;
}

/** The specification's own numbers. */
export const SPECIFICATION_THRESHOLDS: PerformanceThresholds = {
  p50Ms: 200,
  p95Ms: 500,
  p99Ms: 1_000,
  throughput: { minPerMinute: 1_000, targetPerMinute: 5_000 },
  errorRate: 0.1,
  availability: 99.9,
  windowMs: 60_000,
  minimumRequests: 100,
};

/** What a metric is held against, in its unit; null: nothing. */
export function thresholdOf(thresholds: PerformanceThresholds, metric: MetricName): number | null {
  switch (metric) {
    case 'error_rate':
      return thresholds.errorRate;
    case 'availability':
      return thresholds.availability;
    case 'response_time_p50':
      return thresholds.p50Ms;
    case 'response_time_p95':
      return thresholds.p95Ms;
    case 'response_time_p99':
      return thresholds.p99Ms;
    default:
      return null;
  }
}

/** What the validation in production found. */
export interface PerformanceResult {
  /** True only where everything that could be judged was within its limit, and enough was seen. */
  readonly passed: boolean;
  readonly verdict: 'passed' | 'failed' | 'no-data';
  /** One sentence: what was seen, of how many, against what limit, for how long. */
  readonly reason: string;
  readonly metrics: readonly PerformanceMetric[];
  /** How much of the candidate's time it rests on. */
  readonly durationMs: number;
}

/** Nothing could be judged, and why. */
export function unseenPerformance(reason: string): PerformanceResult {
  return { passed: false, verdict: 'no-data', reason, metrics: [], durationMs: 0 };
}

export interface PerformanceMetric {
  readonly metric: 'p50' | 'p95' | 'p99' | 'throughput' | 'error_rate' | 'availability' | 'apdex';
  readonly unit: 'ms' | 'percent' | 'per-minute' | 'score';
  /** Null: nothing was counted. */
  readonly value: number | null;
  /** Stable's, in its last recorded windows beside or before the candidate; null: none. */
  readonly stable: number | null;
  readonly limit: number | null;
  readonly samples: number;
  /** `shared`: stable missed it too, and the candidate is not far worse; `reported`: no limit, or one that is only reported. */
  readonly state: 'within' | 'beyond' | 'shared' | 'reported' | 'no-data';
}
