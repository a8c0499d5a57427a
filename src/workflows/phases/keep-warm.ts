import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import type { Deployment } from '../deployment';
import { runSteps } from '../run-steps';

/** Phase 10: live. The old fleet stands, watched, so that undo is one weight change; a newcomer may end it. */
export async function keepWarm(deployment: Deployment, { plan }: PlannedRollout): Promise<void> {
  // What was paused on the way is live now: there is nothing left to hold.
  deployment.control.resume();
  deployment.progress.enter('warm');
  deployment.warmUntilMs = Date.now() + deployment.request.rollbackWindowMs;
  await runSteps(deployment, stepsOf(plan, 'warm'));
}
