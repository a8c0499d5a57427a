import { shortDigest } from '../domain/revision';
import type { Step, WayBack } from '../domain/rollout/plan';
import { sameWeights } from '../domain/target-state';
import { raiseAlert } from './alert';
import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { codeOf, sentenceOf } from './departure';
import { performStep } from './perform-step';
import { restoreWeights, withAlarm } from './restore-weights';

/** The way back may itself be overtaken by an older run of this deployment, or find the target changed, this often. */
const ATTEMPTS = 3;

/**
 * The stable fleet was made smaller or is gone: the way back is planned from what really stands, and run step by step. Where
 * a step cannot be done, whichever fleet answers keeps the traffic. Answers whether stable serves everybody again, whole.
 */
export async function reverseRollout(deployment: Deployment): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withAlarm(deployment, () => runBackward(deployment));
      return true;
    } catch (error) {
      if (attempt < ATTEMPTS && (await mayTryAgain(deployment, error))) continue;
      await giveUp(deployment, error);
      return false;
    }
  }
}

async function runBackward(deployment: Deployment): Promise<void> {
  const { progress } = deployment;
  const steps = await planned(deployment);
  progress.wayBack(steps);
  for (const step of steps) {
    if (step.kind === 'bake' || step.kind === 'ask') continue;
    progress.step(step, { state: 'doing' });
    try {
      const result = await performStep(deployment, step, deployment.activities.restores);
      progress.step(step, { state: 'done', result });
      deployment.undone.push(step.summary);
      if (isSafe(deployment, step)) progress.safe();
    } catch (error) {
      progress.step(step, { state: 'failed', result: sentenceOf(error) });
      throw error;
    }
  }
}

function planned(deployment: Deployment): Promise<readonly Step[]> {
  const { activities, planned: rollout, ref, request, stable } = deployment;
  const wayBack = wayBackOf(deployment);
  return activities.restores.planWayBack.executeWithOptions({ summary: 'Plan the way back' }, [
    {
      ref,
      wayBack,
      stable,
      candidate: rollout?.plan.candidate.digest ?? '',
      drainMs: request.run.drainMs,
      startWithinMs: request.run.startWithinMs,
    },
  ]);
}

/** A dead run may have left less of stable than any plan of this deployment would: then only its instances count. */
function wayBackOf({ planned: rollout, request, stable }: Deployment): WayBack {
  const wayBack = rollout?.plan.wayBack ?? { kind: 'shift' };
  if (wayBack.kind !== 'shift' || stable === null) return wayBack;
  const { instances } = stable;
  const mostInstances = instances + request.instances;
  return { kind: 'rolling', instances, mostInstances, leastAvailable: 1, batches: 1, longestMs: 0 };
}

function isSafe({ stableDigest }: Deployment, step: Step): boolean {
  if (step.kind !== 'shift' || stableDigest === null) return false;
  return sameWeights(step.weights, { [stableDigest]: 100 });
}

/** An older run of this deployment holds the claim, or the plan did not fit the target: claimed or planned anew. */
async function mayTryAgain(deployment: Deployment, error: unknown): Promise<boolean> {
  const { activities, ref, request } = deployment;
  switch (codeOf(error)) {
    case 'FENCED': {
      const { traffic } = await activities.reads.describeTarget(ref);
      if (traffic.claim?.deploymentId !== request.deploymentId) return false;
      await claimTarget(deployment);
      return true;
    }
    case 'NO_HEALTHY_INSTANCE':
    case 'HAS_WEIGHT':
    case 'INSTANCE_UNHEALTHY':
      return true;
    default:
      return false;
  }
}

/** As much traffic as can be goes to stable, nobody waits at the router for ever, and a person is told what is missing. */
async function giveUp(deployment: Deployment, error: unknown): Promise<void> {
  const { activities, progress, ref, stable } = deployment;
  progress.leftBehind(`the way back (${sentenceOf(error)})`);
  try {
    const { fleets } = await activities.reads.describeTarget(ref);
    const standing = fleets.find(({ revision }) => revision === stable?.revision.digest);
    if (stable !== null && (standing?.healthy ?? 0) > 0) {
      await restoreWeights(deployment, { [stable.revision.digest]: 100 });
      progress.leftBehind(
        `stable ${shortDigest(stable.revision.digest)} on ${standing?.healthy ?? 0} of ${stable.instances} instances`,
      );
    }
    if (deployment.isQueueing) {
      await activities.restores.releaseRequests({ ref, fence: deployment.nextFence() });
      deployment.isQueueing = false;
    }
  } catch (again) {
    await raiseAlert(deployment, `The way back could not be ended in order: ${sentenceOf(again)}`);
  }
}
