import type { Criterion } from './analysis/criterion';
import type { DecisionRecord } from './approval/decision';
import type { Restoration } from './deployment';
import type { PerformanceResult } from './monitoring/performance';
import type { MonitoringPolicy } from './monitoring/policy';
import type { AlertChange, MonitoringSession } from './monitoring/session';
import type { Outcome } from './outcome';
import type { Phase } from './phase';
import type { Digest } from './revision';
import type { RollbackAnalysis } from './rollback/rollback-analysis';
import type { StepStatus } from './status';

/** One record a deployment; its closing is null until the deployment has ended. */
export interface LedgerRecord extends LedgerOpening {
  readonly closing: LedgerClosing | null;
}

export interface LedgerOpening {
  readonly recordVersion: 1;
  readonly deploymentId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly service: string;
  readonly environment: string;
  readonly initiator: string;
  readonly reason: string | null;
  readonly commit: string | null;
  readonly openedAtMs: number;
  /** What it undoes; null: an ordinary deployment. */
  readonly restores: Restoration | null;
}

export interface LedgerClosing {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly stable: Digest | null;
  readonly candidate: Digest | null;
  readonly strategy: string | null;
  readonly planDigest: string | null;
  readonly phases: readonly PhaseTimes[];
  readonly firstTrafficAtMs: number | null;
  readonly liveAtMs: number | null;
  /** When stable was observed at 100 % again. */
  readonly safeAtMs: number | null;
  readonly closedAtMs: number;
  readonly exposure: { readonly requests: number; readonly errors: number };
  readonly verdicts: readonly {
    readonly stepId: string;
    readonly kind: string;
    /** Absent in records of before 0.2. */
    readonly rule?: string;
    readonly sentence: string;
  }[];
  readonly leftBehind: readonly string[];
  readonly decisions: readonly DecisionRecord[];
  /** What compensation did, in order, one phrase each. */
  readonly undone: readonly string[];
  /** Null: nothing had to be taken back. */
  readonly rollback: RollbackAnalysis | null;
  /** What a report draws from, beside the evidence record; absent in records of before 0.2. */
  readonly monitored?: MonitoredRecord;
}

/** How the rollout went, for a report after its end. */
export interface MonitoredRecord {
  /** With the times at which each began and ended: boundaries and weights of a chart. */
  readonly steps: readonly StepStatus[];
  readonly criteria: readonly Criterion[];
  readonly monitoring: MonitoringPolicy;
  readonly alerts: readonly AlertChange[];
  /** The last one. */
  readonly session: MonitoringSession | null;
  readonly performance: PerformanceResult | null;
  readonly notes: readonly string[];
}

export interface PhaseTimes {
  readonly phase: Phase;
  readonly fromMs: number;
  readonly toMs: number;
  /** The part of it that waited for a person. */
  readonly humanMs: number;
}
