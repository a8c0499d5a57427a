import { changeSums, NO_SUMS, type ArmSums } from './counts';
import type { Arm, Window } from './window';

/**
 * What both arms did over the `length` windows that end with number `to`, as far as they are remembered. A criterion's
 * duration is one; it moves on with each new window, so that nothing is summed twice.
 */
export interface Span {
  readonly length: number;
  readonly to: number;
  readonly arms: Readonly<Record<Arm, ArmSums>>;
}

/** `recent`: windows, each number once and ascending. */
export function spanAt(recent: readonly Window[], length: number, to: number): Span {
  const inside = between(recent, to - length, to);
  return changeSpan({ length, to, arms: { candidate: NO_SUMS, stable: NO_SUMS } }, inside, []);
}

/** The span with one more window, which moves its end where it is newer. `recent` as it was without that window. */
export function slideSpan(span: Span, recent: readonly Window[], window: Window): Span {
  const { length, to } = span;
  if (window.number <= to - length) return span;
  if (window.number <= to) return changeSpan(span, [window], []);
  const dropped = between(recent, to - length, Math.min(to, window.number - length));
  return changeSpan({ ...span, to: window.number }, [window], dropped);
}

/** Whether somebody watched the candidate in each of its windows. */
export function isUnbroken({ length, arms }: Span): boolean {
  return arms.candidate.windows === length;
}

function changeSpan(span: Span, added: readonly Window[], dropped: readonly Window[]): Span {
  const change = (arm: Arm): ArmSums =>
    changeSums(span.arms[arm], {
      added: added.map(({ arms }) => arms[arm]),
      dropped: dropped.map(({ arms }) => arms[arm]),
    });
  return { ...span, arms: { candidate: change('candidate'), stable: change('stable') } };
}

/** After the first number, up to and with the second. */
function between(recent: readonly Window[], after: number, upTo: number): readonly Window[] {
  const first = recent.findIndex(({ number }) => number > after);
  if (first < 0) return [];
  const end = recent.findIndex(({ number }, index) => index >= first && number > upTo);
  return recent.slice(first, end < 0 ? recent.length : end);
}
