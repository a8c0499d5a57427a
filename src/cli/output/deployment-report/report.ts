import type { Criterion } from '../../../domain/analysis/criterion';
import type { Reading } from '../../../domain/analysis/reading';
import type { Window } from '../../../domain/analysis/window';
import type { VerificationFile } from '../../../domain/checks/verification-file';
import type { PerformanceThresholds } from '../../../domain/monitoring/performance';
import type { AlertChange } from '../../../domain/monitoring/session';
import type { RollbackAnalysis } from '../../../domain/rollback/rollback-analysis';
import type { DeploymentStatus } from '../../../domain/status';

/** All that the page of one deployment is drawn from: plain data, already read. Times in epoch ms. */
export interface DeploymentReport {
  /** Who, what, when, how it ended; phases, steps, decisions, the last session. */
  readonly status: DeploymentStatus;
  readonly commit: string | null;
  readonly reason: string | null;
  readonly criteria: readonly Criterion[];
  /** What the validation in production is held against; null: nobody asked for one. */
  readonly thresholds: PerformanceThresholds | null;
  readonly verdicts: readonly ReportedVerdict[];
  readonly alerts: readonly AlertChange[];
  readonly rollback: RollbackAnalysis | null;
  /** What the way back did, one phrase each. */
  readonly undone: readonly string[];
  /** What the candidate answered to users; null: not counted. */
  readonly exposure: { readonly requests: number; readonly errors: number } | null;
  /** Each number once, oldest first. */
  readonly windows: readonly Window[];
  readonly readings: readonly Reading[];
  /** What the checks said; null: none of its own. */
  readonly verification: VerificationFile | null;
  /** What the page lacks, and why; one sentence each. */
  readonly missing: readonly string[];
  /** Belay's own. */
  readonly version: string;
  readonly writtenAtMs: number;
}

export interface ReportedVerdict {
  readonly stepId: string;
  readonly kind: string;
  /** Null in records that do not have it. */
  readonly rule: string | null;
  readonly sentence: string;
}
