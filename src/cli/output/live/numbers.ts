import { formatCount } from '../../../domain/format/count';
import { formatDecimal } from '../../../domain/format/decimal';

/** What the shown values are counted in. */
export type ShownUnit = 'percent' | 'ms' | 'score' | 'per-minute' | 'number';

/** `0.06 %`, `181 ms`, `1 204 a minute`; `none` where nothing was counted. */
export function valueText(value: number | null, unit: ShownUnit): string {
  return value === null || !Number.isFinite(value) ? 'none' : TEXTS[unit](value);
}

const TEXTS: Readonly<Record<ShownUnit, (value: number) => string>> = {
  percent: (value) => (value > 0 && value < 0.005 ? '<0.01 %' : `${formatDecimal(value, 2)} %`),
  ms: (value) => `${Math.abs(value) < 100 ? formatDecimal(value, 2) : formatCount(value)} ms`,
  'per-minute': (value) => `${formatCount(value)} a minute`,
  score: bareText,
  number: bareText,
};

function bareText(value: number): string {
  return Math.abs(value) < 1_000 ? formatDecimal(value, 3) : formatCount(value);
}
