import type { DecisionRecord } from './approval/decision';
import type { Verdict, Totals } from './analysis/verdict';
import type { CheckStatus } from './checks/check-summary';
import type { PerformanceResult } from './monitoring/performance';
import type { MonitoringSession, OpenAlert } from './monitoring/session';
import type { Outcome } from './outcome';
import type { Phase } from './phase';
import type { Digest } from './revision';
import type { StepKind, StepPhase } from './rollout/plan';
import type { BakeLimits } from './rollout/strategy';

/** What the query `status` answers: all that the workflow knows, as plain data. Times in epoch ms. */
export interface DeploymentStatus {
  readonly deployment: string;
  readonly service: string;
  readonly environment: string;
  /** Null until the artifact is stored. */
  readonly revision: Digest | null;
  readonly stable: Digest | null;
  readonly strategy: string | null;
  readonly phase: Phase;
  /** The step in progress; null between phases. */
  readonly step: string | null;
  readonly planDigest: string | null;
  /** Commanded, whole percent; null before the first traffic step. */
  readonly weights: ArmWeights | null;
  readonly observed: ArmWeights | null;
  /** `approval`, `decision` (a question), `resume`; null where nobody is waited for. */
  readonly waitingFor: string | null;
  /** When the wait ends by itself, and what then: in {@link ifNothing}. */
  readonly untilMs: number | null;
  readonly ifNothing: string | null;
  readonly outcome: Outcome | null;
  readonly live: boolean;
  /** Why it ended, or what it is doing about a failure; null while all goes well. */
  readonly cause: string | null;
  readonly phases: readonly PhaseStatus[];
  /** Validators, tests and scanners, in the order in which they were started. */
  readonly checks: readonly CheckStatus[];
  readonly steps: readonly StepStatus[];
  readonly verdict: Verdict | null;
  readonly totals: Totals | null;
  /** What the monitors said at the last look; null before the first. */
  readonly session: MonitoringSession | null;
  /** Trouble that is not over. */
  readonly openAlerts: readonly OpenAlert[];
  /** What the validation in production found; null: none was asked for, or it has not come to it. */
  readonly performance: PerformanceResult | null;
  /** What happens to traffic if it fails now, and how long that takes; null before the plan. */
  readonly undo: string | null;
  readonly decisions: readonly DecisionRecord[];
  readonly alerts: readonly string[];
  readonly notes: readonly string[];
  readonly leftBehind: readonly string[];
  readonly initiator: string;
  readonly startedAtMs: number;
  readonly firstTrafficAtMs: number | null;
  readonly liveAtMs: number | null;
  readonly decidedAtMs: number | null;
  /** Stable was observed at 100 % again. */
  readonly safeAtMs: number | null;
  readonly endedAtMs: number | null;
}

export interface ArmWeights {
  readonly stable: number;
  readonly candidate: number;
}

export interface PhaseStatus {
  readonly phase: Phase;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly result: string | null;
}

export interface StepStatus {
  readonly id: string;
  readonly kind: StepKind;
  readonly phase: StepPhase;
  readonly summary: string;
  readonly state: 'to do' | 'doing' | 'done' | 'failed' | 'undone' | 'skipped';
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly result: string | null;
  readonly candidateWeight: number | null;
  /** Of a watch; null for other steps. */
  readonly limits: BakeLimits | null;
}

/** The heartbeat details of a watcher: what `status` shows between two events of the history. */
export interface LiveWatch {
  readonly stepId: string;
  readonly verdict: Verdict;
  readonly totals: Totals;
  /** Percent as the router gives it right now. */
  readonly observed: ArmWeights;
  readonly atMs: number;
  readonly session: MonitoringSession;
  /** When it looks again. */
  readonly nextAtMs: number;
  /** What the candidate has answered in this step. Left out by a worker that does not say. */
  readonly stepRequests?: number;
}
