import type { Style } from '../style';

/** What the height means: the full height is the limit, or the highest value where that is beyond it. */
export interface SparklineScale {
  readonly limit: number;
  readonly badWhen: 'above' | 'below' | null;
}

const UNICODE = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const ASCII = ['_', '.', ',', '-', '~', '=', '+', '#'] as const;
const MOST_CELLS = 12;
const FEWEST_VALUES = 2;

/** The last values as one cell each; a look without a value leaves a gap. Empty below two values. */
export function sparkline(
  values: readonly (number | null)[],
  scale: SparklineScale,
  style: Style,
): string {
  const shown = values.slice(-MOST_CELLS);
  const numbers = shown.filter((value) => value !== null && Number.isFinite(value));
  if (numbers.length < FEWEST_VALUES) return '';
  const levels = style.unicode ? UNICODE : ASCII;
  const [low, high] = rangeOf(numbers as readonly number[], scale);
  const cell = (value: number | null): string => {
    if (value === null || !Number.isFinite(value)) return ' ';
    const height = high === low ? 0 : (value - low) / (high - low);
    return levels[Math.round(height * (levels.length - 1))] ?? levels[0];
  };
  return shown.map(cell).join('');
}

/** Anchored at the limit: noise far below it stays flat. Where the direction is unknown, the values alone count. */
function rangeOf(
  numbers: readonly number[],
  { limit, badWhen }: SparklineScale,
): readonly [number, number] {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  switch (badWhen) {
    case 'above':
      return [Math.min(0, least), Math.max(limit, most)];
    case 'below':
      return [Math.min(limit, least), most];
    case null:
      return [least, most];
  }
}
