import type { Severity } from '../analysis/criterion';

/** One thing that a check found. Never holds a secret's value. */
export interface Finding {
  readonly check: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly location: { readonly path: string; readonly line: number | null } | null;
}

/** What a validator or a scanner did. Only `completed` with full coverage and a hit probe counts as done. */
export interface CheckReport {
  readonly check: string;
  readonly status: 'completed' | 'failed' | 'not-applicable';
  /** Why it failed or does not apply. */
  readonly reason: string | null;
  readonly covered: number;
  readonly applicable: number;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Whether the known-bad probe was found; `none` for checks without one. */
  readonly probe: 'hit' | 'miss' | 'none';
  readonly findings: readonly Finding[];
  /** How many more there are of each severity than {@link findings} lists. */
  readonly omitted?: Readonly<Record<Severity, number>>;
  readonly durationMs: number;
}
