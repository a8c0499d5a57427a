import { CancellationScope } from '@temporalio/workflow';
import { stepsOf, type PlannedRollout, type RolloutPlan } from '../../domain/rollout/plan';
import { sameWeights } from '../../domain/target-state';
import type { TargetDescription } from '../../activities/planning';
import { raiseAlert } from '../alert';
import type { Deployment } from '../deployment';
import { codeOf } from '../departure';
import { runSteps } from '../run-steps';

/** Phase 8: takes the target, then runs the plan's steps. */
export async function rollOut(deployment: Deployment, { plan }: PlannedRollout): Promise<void> {
  const { activities, progress, ref, request } = deployment;
  progress.enter('rollout');
  await takeTarget(deployment, plan);
  const fence = deployment.nextFence();
  await activities.effects.ensureRoute({ ref, fence, target: request.target });
  deployment.evidenceFromMs = Date.now();
  await runSteps(deployment, stepsOf(plan, 'rollout'));
}

/**
 * The first effect: never interrupted, because a claim whose answer nobody heard could not be released. One that a dead
 * run left open means that its split may still stand: stable comes first.
 */
async function takeTarget(deployment: Deployment, plan: RolloutPlan): Promise<void> {
  const before = await CancellationScope.nonCancellable(() => claim(deployment));
  const isAbandoned = before.traffic.claim !== null && !before.traffic.claim.released;
  if (isAbandoned) await restoreStable(deployment, plan, before);
}

const CLAIM_ATTEMPTS = 3;

async function claim(deployment: Deployment): Promise<TargetDescription> {
  const { activities, ref, request, runId } = deployment;
  const { deploymentId } = request;
  for (let attempt = 1; ; attempt += 1) {
    const before = await activities.reads.describeTarget(ref);
    try {
      const order = { ref, deploymentId, runId, after: before.traffic.epoch };
      const { epoch } = await activities.effects.claimTarget.executeWithOptions(
        { summary: 'Claim the target' },
        [order],
      );
      deployment.claimed(epoch);
      return before;
    } catch (error) {
      if (codeOf(error) !== 'FENCED' || attempt >= CLAIM_ATTEMPTS) throw error;
    }
  }
}

async function restoreStable(
  deployment: Deployment,
  plan: RolloutPlan,
  { traffic, fleets }: TargetDescription,
): Promise<void> {
  const { activities, compensations, ref } = deployment;
  const weights = plan.stable === null ? {} : { [plan.stable]: 100 };
  const strangers = fleets.filter(
    ({ revision }) => revision !== plan.stable && revision !== plan.candidate.digest,
  );
  // Whoever leaves before this is done has to do it on the way back.
  for (const { revision } of strangers) {
    compensations.push({ class: 'capacity', kind: 'retire-fleet', revision, drainMs: 0 });
  }
  compensations.push({ class: 'weights', kind: 'restore-weights', weights });
  await raiseAlert(
    deployment,
    `An earlier deployment (${traffic.claim?.deploymentId ?? 'unknown'}) left the target in between: stable first.`,
  );
  if (!sameWeights(traffic.observed, weights)) {
    const fence = deployment.nextFence();
    await activities.restores.shiftTraffic.executeWithOptions(
      { summary: 'Restore stable before anything else' },
      [{ ref, fence, weights }],
    );
  }
  for (const { revision } of strangers) {
    const fence = deployment.nextFence();
    await activities.cleanups.retireFleet({ ref, fence, revision, drainMs: 0 });
  }
}
