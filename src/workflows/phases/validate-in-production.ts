import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import { recordStable } from '../book-keeping';
import type { Deployment } from '../deployment';
import { runSteps } from '../run-steps';

/** Phase 9: at 100 %, with everybody's traffic. After it the deployment is live. */
export async function validateInProduction(
  deployment: Deployment,
  { plan }: PlannedRollout,
): Promise<void> {
  deployment.progress.enter('verify');
  await runSteps(deployment, stepsOf(plan, 'verify'));
  await recordStable(deployment);
}
