/** From values to a place between two ends, with round marks. */
export interface Scale {
  readonly lowest: number;
  readonly highest: number;
  readonly marks: readonly number[];
  readonly place: (value: number) => number;
}

export interface Ends {
  readonly lowest: number;
  readonly highest: number;
}

const MARKS = 4;
/** Beyond these nobody can draw: a value of the user's own may be any number. The span is relative to the values. */
const LEAST_SPAN = 1e-9;
const MOST = 1e300;

/** A scale whose ends are round and hold both values. */
export function roundScale(ends: Ends, pixels: readonly [number, number]): Scale {
  const [lowest, highest] = [drawable(ends.lowest), drawable(ends.highest)];
  const size = Math.max(1, Math.abs(lowest), Math.abs(highest));
  const span = highest - lowest > LEAST_SPAN * size ? highest - lowest : size;
  const step = roundStep(span / MARKS);
  const from = Math.floor(lowest / step + 1e-9) * step;
  const count = Math.max(1, Math.ceil((Math.max(highest, from + step) - from) / step - 1e-9));
  const to = from + count * step;
  const [start, end] = pixels;
  return {
    lowest: from,
    highest: to,
    marks: Array.from({ length: count + 1 }, (_, index) => rounded(from + index * step, step)),
    place: (value) => start + ((clamp(value, from, to) - from) / (to - from)) * (end - start),
  };
}

function drawable(value: number): number {
  return clamp(value, -MOST, MOST);
}

/** 1, 2 or 5 times a power of ten, at least this. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the dust of adding fractions: 0.30000000000000004 is 0.3. */
function rounded(value: number, step: number): number {
  const decimals = Math.min(20, Math.max(0, -Math.floor(Math.log10(step)) + 1));
  return Number(value.toFixed(decimals));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
