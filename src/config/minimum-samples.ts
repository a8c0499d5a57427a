import { METRICS, type BuiltInMetric, type Criterion } from '../domain/analysis/criterion';

const LEAST_REQUESTS = 20;
const MOST_REQUESTS = 1_000;
const LEAST_HEALTH_CHECKS = 3;
/** Of a change against stable nobody knows how many are bad on an ordinary day. */
const RELATIVE_SAMPLES = 100;
/** A value that a source measured, however often it looked. */
const LEAST_VALUES = 1;

/** So many that a single failed or slow request is never a breach by itself. */
export function minimumSamples(
  metric: BuiltInMetric,
  threshold: number,
  comparison: Criterion['comparison'] = 'absolute',
): number {
  if (METRICS[metric].needs === 'healthChecks') return LEAST_HEALTH_CHECKS;
  if (comparison === 'relative-to-stable') return RELATIVE_SAMPLES;
  return samplesFor(allowedPercent(metric, threshold));
}

type NamedRule = Pick<Criterion, 'threshold' | 'badWhen' | 'comparison'>;

/** The same for a metric of the user's own; a share counts what it is a share of. */
export function minimumNamedSamples(
  isShare: boolean,
  { threshold, badWhen, comparison }: NamedRule,
): number {
  if (!isShare) return LEAST_VALUES;
  if (comparison === 'relative-to-stable') return RELATIVE_SAMPLES;
  return samplesFor(badWhen === 'above' ? threshold : 100 - threshold);
}

/** So many that a single bad one is never more than so many percent. */
function samplesFor(allowed: number): number {
  if (allowed <= 0) return LEAST_REQUESTS;
  const needed = Math.ceil(Number((100 / allowed).toPrecision(12)));
  return Math.min(MOST_REQUESTS, Math.max(LEAST_REQUESTS, needed));
}

/** How many percent of the requests may be bad while the criterion holds. */
function allowedPercent(metric: BuiltInMetric, threshold: number): number {
  switch (metric) {
    case 'error_rate':
      return threshold;
    case 'success_rate':
    case 'availability':
      return 100 - threshold;
    case 'response_time_p50':
      return 50;
    case 'response_time_p95':
      return 5;
    case 'response_time_p99':
      return 1;
  }
}
