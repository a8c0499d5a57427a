import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Decision, DecisionRecord } from '../domain/approval/decision';
import type { LeaveOrder, LineEntry } from '../domain/line/line-entry';
import type { LineView } from '../domain/line/line-view';
import type { Outcome } from '../domain/outcome';
import type { Digest } from '../domain/revision';
import type { PlannedRollout } from '../domain/rollout/plan';
import type { DeploymentStatus } from '../domain/status';

export const DEPLOY_WORKFLOW = 'deploy';
export const PLAN_WORKFLOW = 'plan';
export const LINE_WORKFLOW = 'line';

/** One signal for every decision: order is kept only inside one signal type. */
export const decideSignal = defineSignal<[Decision]>('decide');

export const joinSignal = defineSignal<[LineEntry]>('join');
export const leaveSignal = defineSignal<[LeaveOrder]>('leave');
export const lineQuery = defineQuery<LineView>('line');

export const statusQuery = defineQuery<DeploymentStatus>('status');

/** Answers what became of the decision with this id, once it is known; decides nothing. */
export const awaitDecisionUpdate = defineUpdate<DecisionRecord, [string]>('awaitDecision');

export interface DeploymentOutcome {
  readonly deploymentId: string;
  readonly outcome: Outcome;
  /** One sentence: why it ended like this. */
  readonly cause: string;
  readonly revision: Digest | null;
  /** What serves everybody now; null: nothing does. */
  readonly serving: Digest | null;
  readonly leftBehind: readonly string[];
}

/** What the workflow `plan` answers: the plan, or why there is none. */
export type PlanAnswer =
  | {
      readonly kind: 'planned';
      readonly planned: PlannedRollout;
      readonly checks: readonly string[];
    }
  | { readonly kind: 'blocked'; readonly reasons: readonly string[] };
