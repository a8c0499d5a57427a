import { formatCount } from '../format/count';
import { formatDecimal } from '../format/decimal';
import { formatPercent, formatPercentAgainst } from '../format/percent';
import type { MetricUnit } from './criterion';

/** `3.1 %`, `812 ms`, `4.2`. Next to its limit a value has as many decimals as it takes to tell the two apart. */
export function describeValue(value: number, unit: MetricUnit, limit?: number): string {
  switch (unit) {
    case 'percent':
      return limit === undefined ? formatPercent(value) : formatPercentAgainst(value, limit);
    case 'ms':
      return `${formatCount(value)} ms`;
    case 'number':
      return describeNumber(value, limit);
  }
}

function describeNumber(value: number, limit: number | undefined): string {
  const decimals = [2, 3, 4, 5, 6].find(
    (count) => limit === undefined || formatDecimal(value, count) !== formatDecimal(limit, count),
  );
  if (value !== 0 && (Math.abs(value) < 0.005 || Math.abs(value) >= 1e15))
    return String(Number(value.toPrecision(3)));
  return formatDecimal(value, decimals ?? 2);
}
