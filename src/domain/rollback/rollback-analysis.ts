import type { Digest } from '../revision';

/** The short record that closes every way back. Times in ms. */
export interface RollbackAnalysis {
  readonly trigger: RollbackTrigger;
  /** Who asked for it; null: the engine itself. */
  readonly by: string | null;
  /** Of the criterion that was breached; null where no criterion was. */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | null;
  /** Sentences, the deciding one first. */
  readonly evidence: readonly string[];
  /** What the candidate answered to users. */
  readonly exposure: { readonly requests: number; readonly errors: number };
  /** From the decision to stable observed at 100 %; null: never. */
  readonly toSafeMs: number | null;
  /** From the decision until nothing of the candidate was left; null: something is left. */
  readonly toCleanMs: number | null;
  /** What the candidate changed; null where there was nothing before, or it could not be read. */
  readonly difference: RevisionDifference | null;
  /** The revision that was put on hold. */
  readonly hold: Digest | null;
  /** Null where nothing serves that could be looked at. */
  readonly validation: RollbackValidation | null;
}

/**
 * `criterion`: the judge; `gone`: no instance of the candidate answered; `no-data`: too little was seen to
 * judge; `deadline`: nobody decided; `failure`: a step could not
 * be done.
 */
export type RollbackTrigger =
  'criterion' | 'gone' | 'no-data' | 'decision' | 'deadline' | 'failure' | 'cancelled';

export interface RevisionDifference {
  readonly from: Digest;
  readonly to: Digest;
  readonly files: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    /** At most 20 paths, changed first. */
    readonly named: readonly string[];
  };
  /** What else differs, one phrase each: `env LOG_LEVEL`, `command`, `secret names`; never a value. */
  readonly run: readonly string[];
}

/** Whether stable is well again: healthy, and within its own error rate of before. */
export interface RollbackValidation {
  readonly verdict: 'well' | 'worse' | 'unhealthy' | 'no-data';
  readonly sentence: string;
  readonly windowMs: number;
  /** Percent; null without requests. */
  readonly errorRate: number | null;
  readonly earlierErrorRate: number | null;
}
