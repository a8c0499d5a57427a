import type { StableWindow } from './before-shift';
import type { NumberRange } from './number-ranges';
import type { Reading } from './reading';
import type { Span } from './span';
import type { SplitCount } from './split';
import type { Evidence, Totals } from './verdict';
import type { Window } from './window';

/** What a judge remembers: plain data of bounded size, always rebuilt by folding the recorded windows and readings. */
export interface JudgeState {
  /** The highest window number so far, observed or not; null before the first. */
  readonly lastWindow: number | null;
  /** The length that all windows of a deployment share; null before the first. */
  readonly intervalMs: number | null;
  /** When the first window began that shows the candidate; null before it. */
  readonly watchedFromMs: number | null;
  /** Since the first window that shows the candidate. */
  readonly totals: Totals;
  readonly step: StepCounts;
  /** Which window numbers were folded, so that a repeated one changes nothing. */
  readonly seen: readonly NumberRange[];
  /** The newest windows that hold the candidate, oldest first: twice the longest criterion's duration. */
  readonly recent: readonly Window[];
  /** One for each duration of a criterion, up to the newest window of {@link recent}. */
  readonly spans: readonly Span[];
  /** Stable in its last windows before the shift. */
  readonly before: readonly StableWindow[];
  /** The newest readings of each source, oldest first: twice the longest duration of its criteria. */
  readonly readings: readonly Reading[];
  /** The earliest breach of a guard: once harm, always harm. */
  readonly harm: Harm | null;
  readonly unusable: Unusable;
}

/** What the candidate did in the step that is watched now. */
export interface StepCounts {
  readonly startedAtMs: number;
  /** Time of the step that somebody watched. */
  readonly observedMs: number;
  /** Of users. */
  readonly requests: number;
  readonly errors: number;
  /** Of users, too, and in none of the requests: their clients gave up before an answer. */
  readonly abandoned: number;
  readonly probes: number;
  readonly probeErrors: number;
  /** What both arms answered, by the candidate's weight. */
  readonly splits: readonly SplitCount[];
}

export interface Harm {
  /** When the criterion's duration ended. */
  readonly endMs: number;
  readonly evidence: Evidence;
}

/** Windows that could not be believed. */
export interface Unusable {
  /** Of one that cannot even be placed in time, so that nobody knows what it hides; null: there was none. */
  readonly misplaced: string | null;
  /** The newest of the others: it counts as a gap. */
  readonly latest: { readonly number: number; readonly reason: string } | null;
}
