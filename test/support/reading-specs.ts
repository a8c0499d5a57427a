import type { HttpJsonSpec, PrometheusSpec } from '../../src/domain/monitoring/source-spec';

const BASE = {
  name: 'numbers',
  resolutionMs: 10_000,
  lagMs: 5_000,
  timeoutMs: 5_000,
  bearerSecret: null,
} as const;

/** A Prometheus that knows the two metrics of the contract. */
export function prometheusSpec(url: string, more: Partial<PrometheusSpec> = {}): PrometheusSpec {
  return {
    ...BASE,
    kind: 'prometheus',
    url,
    metrics: {
      business_metric_conversion: {
        form: 'ratio',
        unit: 'percent',
        badWhen: 'below',
        events: 'sum(increase(orders_total{revision="$revision"}[$window]))',
        of: 'sum(increase(visits_total{revision="$revision"}[$window]))',
      },
      custom_queue_length: {
        form: 'value',
        unit: 'number',
        badWhen: 'above',
        value: 'avg(avg_over_time(queue_length{revision="$revision"}[$window]))',
      },
    },
    ...more,
  };
}

/** An endpoint that knows the same. */
export function httpJsonSpec(url: string, more: Partial<HttpJsonSpec> = {}): HttpJsonSpec {
  return {
    ...BASE,
    kind: 'http-json',
    url,
    metrics: {
      business_metric_conversion: { unit: 'percent', badWhen: 'below' },
      custom_queue_length: { unit: 'number', badWhen: 'above' },
    },
    ...more,
  };
}
