/** The metrics that every target can see, with the direction in which each is bad and its unit. */
export const METRICS = {
  /** (5xx + attempts without an answer) ÷ attempts. */
  error_rate: { unit: 'percent', badWhen: 'above', needs: 'requests' },
  /** 100 − error_rate. */
  success_rate: { unit: 'percent', badWhen: 'below', needs: 'requests' },
  /** Active health checks passed ÷ made. */
  availability: { unit: 'percent', badWhen: 'below', needs: 'healthChecks' },
  response_time_p50: { unit: 'ms', badWhen: 'above', needs: 'requests' },
  response_time_p95: { unit: 'ms', badWhen: 'above', needs: 'requests' },
  response_time_p99: { unit: 'ms', badWhen: 'above', needs: 'requests' },
} as const satisfies Record<string, MetricDefinition>;

interface MetricDefinition {
  readonly unit: 'percent' | 'ms';
  readonly badWhen: 'above' | 'below';
  readonly needs: 'requests' | 'healthChecks';
}

export type BuiltInMetric = keyof typeof METRICS;

/** Of the user: seen by a metric source that the configuration names, see {@link SourceSpec}. */
export type NamedMetric = `business_metric_${string}` | `custom_${string}`;

export type MetricName = BuiltInMetric | NamedMetric;

/** `number`: whatever the source counts in. */
export type MetricUnit = 'percent' | 'ms' | 'number';

export function isBuiltInMetric(text: string): text is BuiltInMetric {
  return Object.hasOwn(METRICS, text);
}

export function isNamedMetric(text: string): text is NamedMetric {
  return /^(business_metric|custom)_./.test(text);
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** A rule over the last `durationMs`, fully observed. */
export interface Criterion {
  /** Unique inside a deployment: `automatic/error_rate`. */
  readonly id: string;
  readonly metric: MetricName;
  /** In {@link unit}. */
  readonly threshold: number;
  /** Of the value that is compared: `percent` where the comparison is relative. */
  readonly unit: MetricUnit;
  readonly badWhen: 'above' | 'below';
  /** What is held against the threshold: the candidate's value, or candidate ÷ stable − 1 in percent. */
  readonly comparison: 'absolute' | 'relative-to-stable';
  /** The metric source that sees it; null: the target itself counts it. */
  readonly source: string | null;
  readonly durationMs: number;
  readonly severity: Severity;
  /**
   * `rollback`: a hard guard. `ask`: a person decides. `hold`: a person was asked and did not answer; it is watched on, and
   * the step does not advance while it is breached.
   */
  readonly action: 'rollback' | 'ask' | 'hold';
  /** Fewer requests (or health checks) than this over the duration say nothing. */
  readonly minimumSamples: number;
  /** Act although stable breaches at the same time (default false: a shared incident is not the candidate's fault). */
  readonly alsoWhenBaselineBreaches: boolean;
}
