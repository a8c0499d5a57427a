import type { Arm } from './window';
import type { MetricName } from './criterion';

/** `harm`: roll back. `safe`: go on. `not-yet`: keep watching. `no-data`: nobody can tell; never a pass. */
export type VerdictKind = 'harm' | 'safe' | 'not-yet' | 'no-data';

/** The rule of a verdict that holds a step because the weights are not observed as commanded. */
export const UNOBSERVED = 'weights';

/** The rule of a verdict of harm because no instance of the candidate answers, while stable could serve. */
export const GONE = 'gone';

export interface Verdict {
  readonly kind: VerdictKind;
  /** `guard:ID` · `ask:ID` · `least-time` · `samples` · `gap` · `shared` · `weights` · `gone` · `latest-window` · `clear` · `no-data`. */
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
  readonly state: 'breached' | 'clear' | 'incomplete' | 'too-few' | 'shared';
  readonly value: number | null;
  readonly baseline: number | null;
  /** How many samples {@link baseline} rests on. */
  readonly baselineSamples?: number;
  readonly threshold: number;
  readonly samples: number;
  readonly durationMs: number;
}

/** What one arm did since the watch began. */
export type Totals = Readonly<Record<Arm, { readonly requests: number; readonly errors: number }>>;
