import type { Window } from '../../../../domain/analysis/window';
import type { TimeRange } from './chart';

/** So many windows may be on their way when a watch ends. */
const ON_THE_WAY = 5;

/**
 * The stretches in which nobody watched the candidate: from the first window that shows it until `untilMs`. What was recorded
 * before, of stable alone, is no gap; where no window shows the candidate, all of it is.
 */
export function gapsOf(windows: readonly Window[], untilMs: number): readonly TimeRange[] {
  const first = windows.findIndex(({ arms }) => arms.candidate !== null);
  const watched = windows.slice(Math.max(0, first));
  const gaps: { fromMs: number; toMs: number }[] = [];
  let seenToMs = watched[0]?.fromMs ?? untilMs;
  const add = (fromMs: number, toMs: number): void => {
    const last = gaps.at(-1);
    if (last !== undefined && last.toMs >= fromMs) last.toMs = toMs;
    else gaps.push({ fromMs, toMs });
  };
  for (const { fromMs, intervalMs, arms } of watched) {
    if (fromMs > seenToMs) add(seenToMs, fromMs);
    if (arms.candidate === null) add(fromMs, fromMs + intervalMs);
    seenToMs = Math.max(seenToMs, fromMs + intervalMs);
  }
  const lateMs = ON_THE_WAY * (watched[0]?.intervalMs ?? 0);
  if (untilMs - seenToMs > lateMs) add(seenToMs, untilMs);
  return gaps;
}

/** Gaps that lie closer together than can be drawn become one. */
export function drawableGaps(gaps: readonly TimeRange[], leastMs: number): readonly TimeRange[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of gaps) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs - last.toMs < leastMs) last.toMs = toMs;
    else joined.push({ fromMs, toMs });
  }
  return joined;
}
