import type { Criterion } from '../../domain/analysis/criterion';
import { formatDecimal } from '../../domain/format/decimal';
import { span } from './durations';

/**
 * What a criterion says, with its direction, unit, comparison and source: `error_rate above 5 % for 60 s`,
 * `business_metric_conversion more than 10 % below stable for 10 min, seen by shop-metrics`.
 */
export function criterionWords(criterion: Criterion): string {
  const { metric, durationMs, source } = criterion;
  const seenBy = source === null ? '' : `, seen by ${source}`;
  return `${metric} ${limitWords(criterion)} for ${span(durationMs)}${seenBy}`;
}

function limitWords({ badWhen, comparison, threshold, unit }: Criterion): string {
  switch (comparison) {
    case 'absolute':
      return `${badWhen} ${threshold}${UNITS[unit]}`;
    case 'relative-to-stable': {
      if (threshold === 0) return `${badWhen} stable`;
      return `more than ${formatDecimal(Math.abs(threshold), 4)} % ${badWhen} stable`;
    }
  }
}

const UNITS: Readonly<Record<Criterion['unit'], string>> = { percent: ' %', ms: ' ms', number: '' };
