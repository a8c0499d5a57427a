import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import type { Deployment } from '../deployment';
import { runSteps } from '../run-steps';
import { takeTarget } from '../take-target';

/** Phase 8: takes the target, then runs the plan's steps. */
export async function rollOut(deployment: Deployment, { plan }: PlannedRollout): Promise<void> {
  const { activities, progress, ref, request } = deployment;
  progress.enter('rollout');
  await takeTarget(deployment, { stable: plan.stable, candidate: plan.candidate.digest });
  const fence = deployment.nextFence();
  await activities.effects.ensureRoute({ ref, fence, target: request.target });
  deployment.evidenceFromMs = Date.now();
  await runSteps(deployment, stepsOf(plan, 'rollout'));
}
