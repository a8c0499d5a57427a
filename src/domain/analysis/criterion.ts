/** The metrics that a criterion may name, with the direction in which each is bad and its unit. */
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

export type MetricName = keyof typeof METRICS;

export function isMetricName(text: string): text is MetricName {
  return Object.hasOwn(METRICS, text);
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** A rule over the last `durationMs`, fully observed. `rollback`: a hard guard. `ask`: a person decides. */
export interface Criterion {
  /** Unique inside a deployment: `automatic/error_rate`. */
  readonly id: string;
  readonly metric: MetricName;
  /** Percent or ms, see {@link METRICS}. */
  readonly threshold: number;
  readonly badWhen: 'above' | 'below';
  readonly durationMs: number;
  readonly severity: Severity;
  readonly action: 'rollback' | 'ask';
  /** Fewer requests (or health checks) than this over the duration say nothing. */
  readonly minimumSamples: number;
  /** Act although stable breaches at the same time (default false: a shared incident is not the candidate's fault). */
  readonly alsoWhenBaselineBreaches: boolean;
}
