import type { MetricUnit, NamedMetric } from '../analysis/criterion';

/** A metric source of the user's own, as the configuration describes it. Holds names of secrets, never their values. */
export type SourceSpec = PrometheusSpec | HttpJsonSpec;

interface SourceBase {
  /** Unique inside a configuration; criteria find their source by its metrics. */
  readonly name: string;
  /** Without credentials. */
  readonly url: string;
  /** The length of its windows. */
  readonly resolutionMs: number;
  /** How long after its end a window is complete. */
  readonly lagMs: number;
  readonly timeoutMs: number;
  /** The secret whose value is sent as bearer token; null: none. */
  readonly bearerSecret: string | null;
}

/** Queries in PromQL, in which `$revision` and `$window` are replaced (`sha256:…`, `15s`). */
export interface PrometheusSpec extends SourceBase {
  readonly kind: 'prometheus';
  readonly metrics: Readonly<Record<NamedMetric, PrometheusMetric>>;
}

export type PrometheusMetric = MetricMeaning &
  (
    | { readonly form: 'ratio'; readonly events: string; readonly of: string }
    | { readonly form: 'value'; readonly value: string }
  );

/** An endpoint that answers with windows as JSON: docs/monitoring.md gives the format. */
export interface HttpJsonSpec extends SourceBase {
  readonly kind: 'http-json';
  readonly metrics: Readonly<Record<NamedMetric, MetricMeaning>>;
}

export interface MetricMeaning {
  readonly unit: MetricUnit;
  readonly badWhen: 'above' | 'below';
}
