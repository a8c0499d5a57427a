import type { Arm } from './window';
import type { Criterion, MetricName, MetricUnit } from './criterion';

/** `harm`: roll back. `safe`: go on. `not-yet`: keep watching. `no-data`: nobody can tell; never a pass. */
export type VerdictKind = 'harm' | 'safe' | 'not-yet' | 'no-data';

/** The rule of a verdict that holds a step because the weights are not observed as commanded. */
export const UNOBSERVED = 'weights';

/** The rule of a verdict of harm because no instance of the candidate answers, while stable could serve. */
export const GONE = 'gone';

export interface Verdict {
  readonly kind: VerdictKind;
  /**
   * harm: `guard:ID` · `gone`. safe: `clear`. not-yet: `ask:ID` · `held:ID` · `least-time` · `samples` · `gap` · `shared` ·
   * `step:ID` · `weights`. no-data: `no-data` · `latest-window` · `unsound` · `starved` · `split`.
   */
  readonly rule: string;
  /** What was seen, of how many, against what limit, for how long. */
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  /** The last window that counted; null before the first. */
  readonly window: number | null;
}

/** One criterion, as it stands. */
export interface Evidence {
  readonly criterion: string;
  readonly metric: MetricName;
  readonly state:
    | 'breached'
    | 'clear'
    /** The duration is not observed without a gap. */
    | 'incomplete'
    | 'too-few'
    /** Stable is beyond the threshold, too. */
    | 'shared';
  readonly value: number | null;
  readonly baseline: number | null;
  /** How many samples {@link baseline} rests on. */
  readonly baselineSamples?: number;
  readonly threshold: number;
  readonly samples: number;
  readonly durationMs: number;
  readonly unit?: MetricUnit;
  readonly comparison?: Criterion['comparison'];
  readonly source?: string | null;
  /** Whose requests it rests on. Default: users'. */
  readonly basis?: 'users' | 'probes';
  /** Stable in its last windows before the shift, where it has none beside the candidate. */
  readonly before?: { readonly value: number; readonly samples: number };
  /** The candidate's own value, where {@link value} is relative to stable's; then {@link baseline} has this unit, too. */
  readonly own?: { readonly value: number; readonly unit: MetricUnit };
  /** How many requests of users there were, where it rests on probes. */
  readonly userSamples?: number;
  /** Why it could not be compared, or is not whole, where more than the state is known. */
  readonly reason?: string;
}

/** What one arm did since the watch began. */
export type Totals = Readonly<Record<Arm, { readonly requests: number; readonly errors: number }>>;
