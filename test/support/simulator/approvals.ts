import { DEPLOYMENT_ID } from './scenario';
import type { SentDecision } from './happenings';
import type { Simulation } from './simulate';

/** Whether a decision is a valid approval of this plan: written again here, apart from the code under test. */
export function countsAsApproval(
  { decision, atMs }: SentDecision,
  simulation: Simulation,
): boolean {
  const { scenario, status } = simulation;
  const approvers = scenario.approval?.approvers ?? [];
  return (
    decision.kind === 'approve' &&
    decision.deploymentId === DEPLOYMENT_ID &&
    decision.planDigest === status.planDigest &&
    decision.expiresAt >= atMs &&
    decision.actor !== 'mallory' &&
    (approvers.length === 0 || approvers.includes(decision.actor))
  );
}
