import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import type { Deployment } from '../deployment';
import { runSteps } from '../run-steps';

/** Phase 10: live. The old fleet stands, watched, so that undo is one weight change; a newcomer may end it. */
export async function keepWarm(deployment: Deployment, { plan }: PlannedRollout): Promise<void> {
  deployment.progress.enter('warm');
  await runSteps(deployment, stepsOf(plan, 'warm'));
}
