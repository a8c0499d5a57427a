/** First and last of a run of whole numbers, both included. */
export type NumberRange = readonly [first: number, last: number];

const MOST_RANGES = 64;

export function rangesContain(ranges: readonly NumberRange[], value: number): boolean {
  return ranges.some(([first, last]) => first <= value && value <= last);
}

/** The ranges with one more number, ascending and joined where they touch; past 64 the oldest gap is closed. */
export function addToRanges(ranges: readonly NumberRange[], value: number): readonly NumberRange[] {
  if (rangesContain(ranges, value)) return ranges;
  const joined: NumberRange[] = [];
  for (const range of [...ranges, [value, value] as const].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before !== undefined && before[1] + 1 >= range[0]) {
      joined[joined.length - 1] = [before[0], Math.max(before[1], range[1])];
    } else {
      joined.push(range);
    }
  }
  return withoutOldestGap(joined);
}

function withoutOldestGap(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const [oldest, second] = ranges;
  if (ranges.length <= MOST_RANGES || oldest === undefined || second === undefined) return ranges;
  return [[oldest[0], second[1]], ...ranges.slice(2)];
}
