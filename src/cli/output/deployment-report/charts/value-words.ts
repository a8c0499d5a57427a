import { formatCount } from '../../../../domain/format/count';
import { formatDecimal } from '../../../../domain/format/decimal';
import { formatPercent } from '../../../../domain/format/percent';
import type { ChartUnit } from './chart';

/** `3.2 %`, `181 ms`, `4.5 ms`, `120 /s`, `12 345`, `0.031`. */
export function valueWords(value: number, unit: ChartUnit): string {
  switch (unit) {
    case 'percent':
      return formatPercent(value);
    case 'ms':
      return `${figure(value)} ms`;
    case 'per-second':
      return `${figure(value)} /s`;
    case 'number':
      return figure(value);
  }
}

function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12) return value.toExponential(2);
  if (size >= 100) return formatCount(value);
  if (size >= 1 || size === 0) return formatDecimal(value, 1);
  return size < 1e-4 ? value.toExponential(1) : formatDecimal(value, 4);
}
