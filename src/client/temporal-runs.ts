import type { Decision, DecisionRecord } from '../domain/approval/decision';
import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import type { LeaveOrder, LineEntry } from '../domain/line/line-entry';
import type { LineView } from '../domain/line/line-view';
import type { LiveCheck } from '../domain/checks/check-summary';
import type { DeploymentStatus, LiveWatch } from '../domain/status';
import type { DeploymentOutcome, PlanAnswer } from '../workflows/messages';
import type { Attributes } from './run-attributes';
import type { RunHistory } from './run-history';

/**
 * What the client asks of Temporal, and nothing else of it. Each call has its own deadline and throws BelayError
 * `TEMPORAL_UNAVAILABLE` when Temporal cannot be reached.
 */
export interface TemporalRuns {
  /** Starts `deploy`; answers `running` where the lock is taken. */
  start(order: StartOrder): Promise<StartAnswer>;
  /** The newest run where `runId` is null; null: there is none. */
  describe(ref: RunRef): Promise<RunDescription | null>;
  /** Throws whatever the query throws: no worker in time, an answer that cannot be read. */
  queryStatus(ref: RunRef, withinMs: number): Promise<DeploymentStatus>;
  /** How a closed run ended; null where it is still open after `withinMs`. */
  outcome(ref: RunRef, withinMs: number): Promise<RunOutcome | null>;
  /** What it was asked to do, from the first event of its history; null: Temporal has deleted it. */
  request(ref: RunRef, withinMs: number): Promise<DeploymentRequest | null>;
  /** What its history holds of its ledger record; null: Temporal has deleted it. */
  history(ref: RunRef): Promise<RunHistory | null>;
  /** False: the run has ended, or there was none. */
  signalDecision(ref: RunRef, decision: Decision): Promise<boolean>;
  /** What became of the decision; null without an answer in time. */
  awaitDecision(ref: RunRef, question: DecisionQuestion): Promise<DecisionRecord | null>;
  /** Joins the line before the lock, which is opened for the first one. Answers the run that took it in. */
  joinLine(entry: LineEntry): Promise<string>;
  /** False: nobody waits there. */
  leaveLine(ref: ServiceRef, order: LeaveOrder): Promise<boolean>;
  /** Null: there is no such line. Throws whatever the query throws. */
  queryLine(ref: RunRef, withinMs: number): Promise<LineView | null>;
  /** Newest first. `deployment` finds one id among all runs that the namespace still keeps. */
  list(filter: RunFilter): Promise<readonly RunDescription[]>;
  /** How many workers asked this queue for work a moment ago. */
  pollers(taskQueue: string, kind: 'workflow' | 'activity'): Promise<number>;
  plan(request: DeploymentRequest, withinMs: number): Promise<PlanAnswer>;
  close(): Promise<void>;
}

export interface RunRef {
  readonly workflowId: string;
  readonly runId: string | null;
}

export interface StartOrder {
  readonly workflowId: string;
  readonly request: DeploymentRequest;
}

export type StartAnswer =
  { readonly kind: 'started'; readonly runId: string } | { readonly kind: 'running' };

export interface RunDescription {
  readonly workflowId: string;
  readonly runId: string;
  readonly state: RunState;
  readonly startedAtMs: number;
  readonly closedAtMs: number | null;
  readonly attributes: Attributes;
  /** From the memo; null where the run has none or it cannot be read. */
  readonly requestKey: string | null;
  /** It brings an earlier revision back; from the memo. */
  readonly isWayBack: boolean;
  /** What the watcher last saw, from its heartbeat; null where nobody watches. */
  readonly watch: LiveWatch | null;
  /** How far the checks are that run now, from their heartbeats. */
  readonly checks: readonly LiveCheck[];
}

/** `stopped`: terminated or timed out from outside; nothing was undone by it. */
export type RunState = 'running' | 'completed' | 'failed' | 'cancelled' | 'stopped';

export type RunOutcome =
  | { readonly kind: 'outcome'; readonly outcome: DeploymentOutcome }
  /** It failed, was stopped, or its result cannot be read. */
  | { readonly kind: 'failure'; readonly message: string; readonly leftBehind: readonly string[] };

export interface DecisionQuestion {
  readonly decisionId: string;
  readonly withinMs: number;
}

export type RunFilter =
  | { readonly deployment: string }
  | { readonly service: string; readonly environment: string | null; readonly limit: number };
