import { clock } from '../../durations';
import type { TimeRange } from './chart';

export interface TimeScale extends TimeRange {
  readonly place: (atMs: number) => number;
  readonly marks: readonly { readonly atMs: number; readonly label: string }[];
}

const STEPS_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
];
const MOST_MARKS = 10;

/** Time since the beginning, `0:30`, in round steps. */
export function timeScale(
  { fromMs, toMs }: TimeRange,
  [start, end]: readonly [number, number],
): TimeScale {
  const spanMs = Math.max(1_000, toMs - fromMs);
  const step =
    STEPS_SECONDS.find((seconds) => spanMs / (seconds * 1_000) <= MOST_MARKS) ??
    Math.ceil(spanMs / 1_000 / MOST_MARKS);
  const count = Math.floor(spanMs / (step * 1_000));
  return {
    fromMs,
    toMs: fromMs + spanMs,
    place: (atMs) =>
      start + (Math.min(Math.max(atMs - fromMs, 0), spanMs) / spanMs) * (end - start),
    marks: Array.from({ length: count + 1 }, (_, index) => {
      const sinceMs = index * step * 1_000;
      return { atMs: fromMs + sinceMs, label: clock(sinceMs) };
    }),
  };
}
