import { formatCount, formatCounted } from '../format/count';
import { formatDecimal } from '../format/decimal';
import { formatPercent, formatPercentAgainst } from '../format/percent';
import type { PerformanceMetric } from './performance';

/** What was seen against what limit: `p99 1 240 ms (limit 1 000 ms)`. */
export function describeMetric(seen: PerformanceMetric): string {
  const { metric, limit, value } = seen;
  if (value === null) return `${metric} unknown`;
  switch (metric) {
    case 'error_rate':
    case 'availability':
      return describeShare(seen, value);
    case 'throughput':
    case 'p50':
    case 'p95':
    case 'p99':
    case 'apdex': {
      const against = limit === null ? '' : ` (limit ${figure(seen, limit)})`;
      return `${metric} ${figure(seen, value)}${against}`;
    }
  }
}

/** Of how many, where the description does not say so itself. */
export function describeSamples({ unit, samples }: PerformanceMetric): string {
  return unit === 'percent' ? '' : ` over ${formatCounted(samples, 'request')}`;
}

/** `stable 450 ms`, where there is something to compare with. */
export function describeStable(seen: PerformanceMetric): readonly string[] {
  return seen.stable === null ? [] : [`stable ${figure(seen, seen.stable)}`];
}

function describeShare({ metric, limit, samples }: PerformanceMetric, value: number): string {
  const isAvailability = metric === 'availability';
  const failed = Math.round((samples * (isAvailability ? 100 - value : value)) / 100);
  const things = formatCounted(samples, isAvailability ? 'health check' : 'request');
  const name = isAvailability ? 'availability ' : '';
  const against = limit === null ? '' : `, limit ${formatPercent(limit)}`;
  const percent = formatPercentAgainst(value, limit ?? value);
  return `${formatCount(failed)} of ${things} failed (${name}${percent}${against})`;
}

function figure({ unit }: PerformanceMetric, value: number): string {
  switch (unit) {
    case 'ms':
      return `${formatCount(value)} ms`;
    case 'percent':
      return formatPercent(value);
    case 'per-minute':
      return `${formatCount(value)} a minute`;
    case 'score':
      return formatDecimal(value, 2);
  }
}
