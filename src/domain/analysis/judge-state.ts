import type { Evidence, Totals } from './verdict';
import type { NumberRange } from './number-ranges';
import type { Window } from './window';

/** What a judge remembers: plain data of bounded size, always rebuilt by folding the recorded windows. */
export interface JudgeState {
  /** The highest window number so far, observed or not; null before the first. */
  readonly lastWindow: number | null;
  /** Since the first window that was folded. */
  readonly totals: Totals;
  readonly step: StepCounts;
  /** Which window numbers were folded, so that a repeated one changes nothing. */
  readonly seen: readonly NumberRange[];
  /** The newest windows that hold the candidate, oldest first: twice the longest criterion's duration. */
  readonly recent: readonly Window[];
  /** The earliest breach of a guard: once harm, always harm. */
  readonly harm: Harm | null;
}

/** What the candidate did in the step that is watched now. */
export interface StepCounts {
  readonly startedAtMs: number;
  /** Time of the step that somebody watched. */
  readonly observedMs: number;
  readonly requests: number;
  readonly errors: number;
}

export interface Harm {
  readonly window: number;
  readonly evidence: Evidence;
}
