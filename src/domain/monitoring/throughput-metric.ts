import { formatCount } from '../format/count';
import type { PerformanceMetric } from './performance';
import type { PerformanceScene } from './performance-scene';
import type { ServiceTotal } from './performance-totals';

const MINUTE_MS = 60_000;
/** Less of stable's time gives no throughput worth the name. */
const LEAST_BEFORE_MS = 30_000;

/**
 * What the whole service answered a minute: a candidate with a tenth of the traffic is not slow for it. Users decide how
 * much they send, so the minimum is judged only where stable met it before.
 */
export function judgeThroughput(scene: PerformanceScene): PerformanceMetric {
  const { totals, before, thresholds } = scene;
  const limit = thresholds.throughput.minPerMinute;
  const value = perMinute(totals.service);
  const stable = before.service.observedMs < LEAST_BEFORE_MS ? null : perMinute(before.service);
  const samples = totals.service.requests;
  const seen = { metric: 'throughput', unit: 'per-minute', value, stable, limit, samples } as const;
  if (limit === null || stable === null || stable < limit) return { ...seen, state: 'reported' };
  if (value === null) return { ...seen, state: 'no-data' };
  return { ...seen, state: value < limit ? 'beyond' : 'within' };
}

/** Why the minimum is not judged; null: it is, or nobody asked for one. */
export function whyOnlyReported({ state, limit, stable }: PerformanceMetric): string | null {
  if (state !== 'reported' || limit === null) return null;
  return stable === null
    ? 'throughput is only reported: too little was seen of stable before'
    : `throughput is only reported: the service had ${formatCount(stable)} a minute before, fewer than the ${formatCount(limit)} asked for`;
}

function perMinute({ requests, observedMs }: ServiceTotal): number | null {
  return observedMs === 0 ? null : (requests * MINUTE_MS) / observedMs;
}
