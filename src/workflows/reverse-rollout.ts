import type { Step, WayBack } from '../domain/rollout/plan';
import { sameWeights } from '../domain/target-state';
import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { codeOf, sentenceOf } from './departure';
import { performStep } from './perform-step';
import { leaveServing } from './leave-serving';
import { untilServable, withAlarm } from './restore-weights';

/** The way back may itself be overtaken by an older run of this deployment, or find the target changed, this often. */
const ATTEMPTS = 3;

/**
 * The stable fleet was made smaller or is gone: the way back is planned from what really stands, and run step by step. Where
 * a step cannot be done, it is planned anew, and in the end whichever fleet answers keeps the traffic. Answers whether stable
 * serves everybody again, whole.
 */
export async function reverseRollout(deployment: Deployment): Promise<boolean> {
  let tries = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withAlarm(deployment, () =>
        untilServable(deployment, () => runBackward(deployment, (tries += 1))),
      );
      return true;
    } catch (error) {
      if (attempt < ATTEMPTS && (await mayTryAgain(deployment, error))) continue;
      deployment.progress.leftBehind(`the way back (${sentenceOf(error)})`);
      await leaveServing(deployment);
      return false;
    }
  }
}

async function runBackward(deployment: Deployment, tries: number): Promise<void> {
  const { activities, progress } = deployment;
  await shutOutLateOrders(deployment);
  const steps = renamed(await planned(deployment), tries);
  progress.wayBack(steps);
  for (const step of steps) {
    if (step.kind === 'bake' || step.kind === 'ask') continue;
    progress.step(step, { state: 'doing' });
    try {
      const result = await performStep(deployment, step, {
        orders: activities.restores,
        waits: activities.longRestores,
      });
      progress.step(step, { state: 'done', result });
      deployment.undone.push(step.summary);
      if (isSafe(deployment, step)) progress.safe();
    } catch (error) {
      progress.step(step, { state: 'failed', result: sentenceOf(error) });
      if (!isOnlyUntidy(deployment, step, error)) throw error;
      progress.leftBehind(`${step.summary} (${sentenceOf(error)})`);
    }
  }
}

/**
 * A forward order that was cancelled may still be under way: once a newer one has been accepted the target refuses it, and what
 * is read after that stays as it was read. This one changes nothing: no fleet is larger than it allows.
 */
async function shutOutLateOrders(deployment: Deployment): Promise<void> {
  const { activities, candidate, ref, request, stable } = deployment;
  const revision = candidate?.digest ?? stable?.revision.digest ?? '';
  const size = Math.max(request.instances, stable?.instances ?? 0);
  const { drainMs } = request.run;
  await activities.restores.reduceFleet.executeWithOptions(
    { summary: 'From here on nothing of the way forward counts' },
    [{ ref, fence: deployment.nextFence(), revision, size, drainMs }],
  );
}

function planned(deployment: Deployment): Promise<readonly Step[]> {
  const { activities, planned: rollout, ref, request, stable } = deployment;
  const wayBack = wayBackOf(deployment);
  return activities.restores.planWayBack.executeWithOptions({ summary: 'Plan the way back' }, [
    {
      ref,
      wayBack,
      stable,
      candidate: isSame(deployment) ? '' : (rollout?.plan.candidate.digest ?? ''),
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

/** A second plan is another one: what it creates is created under a name of its own. */
function renamed(steps: readonly Step[], tries: number): readonly Step[] {
  if (tries === 1) return steps;
  return steps.map((step) => ({ ...step, id: step.id.replace(/^back-/, `back${tries}-`) }));
}

/** Stable has everybody's traffic: a candidate that does not go is named, and the rest goes on. */
function isOnlyUntidy({ progress, stableDigest }: Deployment, step: Step, error: unknown): boolean {
  if (step.kind !== 'retire' && step.kind !== 'reduce') return false;
  const isSafeNow = progress.snapshot().safeAtMs !== null;
  return isSafeNow && step.revision !== stableDigest && codeOf(error) !== 'FENCED';
}

/** What the way back leads to is the candidate itself: a newcomer that brings the revision which stood by. */
function isSame({ candidate, stableDigest }: Deployment): boolean {
  return candidate !== null && candidate.digest === stableDigest;
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
    case 'HAS_WEIGHT':
      return true;
    case 'INSTANCE_UNHEALTHY':
      // Requests wait meanwhile: another try would cost more than it gives.
      return !deployment.isQueueing;
    default:
      return false;
  }
}
