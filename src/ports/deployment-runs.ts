import type { Decision, DecisionRecord } from '../domain/approval/decision';
import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import type { RunningDeployment } from '../domain/line/next-move';

/** The runs of the workflow `deploy`, whose id is the lock: for the line that waits before it. Calls end by themselves. */
export interface DeploymentRuns {
  /**
   * Starts the deployment, unless another one holds the lock. The same deployment is never started twice: a run that it
   * has already, running or ended, counts as started.
   */
  start(request: DeploymentRequest, signal: AbortSignal): Promise<StartAttempt>;
  /** The run that was started for this deployment, running or ended; null: there is none. */
  find(request: DeploymentRequest, signal: AbortSignal): Promise<string | null>;
  /** Durable once it returns. Null: no answer within moments, or the run has ended. One id is one decision. */
  decide(delivery: DecisionDelivery, signal: AbortSignal): Promise<DecisionRecord | null>;
}

export interface DecisionDelivery {
  readonly ref: ServiceRef;
  readonly runId: string;
  readonly decision: Decision;
}

export type StartAttempt =
  | { readonly kind: 'started'; readonly runId: string }
  | { readonly kind: 'taken'; readonly running: RunningDeployment };
