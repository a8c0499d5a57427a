import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Outcome } from '../domain/outcome';
import { shortDigest } from '../domain/revision';
import { orderCompensations } from '../domain/rollback/order-compensations';
import type { RestoreWeights, RetireFleet } from '../domain/rollout/plan';
import { sameWeights } from '../domain/target-state';
import { forgetCandidate } from './book-keeping';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { codeOf, sentenceOf, type Departure } from './departure';

/**
 * Undoes by class: weights first, and only when stable is observed at its share the capacity. Runs in a non-cancellable
 * scope. Answers what the deployment ends as.
 */
export async function unwind(deployment: Deployment, departure: Departure): Promise<Outcome> {
  const { progress } = deployment;
  progress.leaves(departure.cause);
  if (!deployment.hasEffects) return departure.outcome;
  progress.enter('rollback');
  const ordered = orderCompensations(deployment.compensations);
  const weights = ordered.filter((one) => one.class === 'weights');
  const capacity = ordered.filter((one) => one.class === 'capacity');
  const isSafe = await restoreAll(deployment, weights);
  if (isSafe) {
    progress.safe();
    for (const one of capacity) await retire(deployment, one);
    const undoing = new Set(
      deployment.planned?.plan.steps.filter(({ undo }) => undo !== null).map(({ id }) => id),
    );
    progress.undone((id) => undoing.has(id));
  } else {
    for (const one of capacity)
      progress.leftBehind(`the fleet of ${shortDigest(one.revision)}, untouched`);
  }
  await forgetCandidate(deployment, departure);
  await countExposure(deployment);
  await release(deployment);
  return isSafe ? departure.outcome : 'rollback-incomplete';
}

async function restoreAll(
  deployment: Deployment,
  restores: readonly RestoreWeights[],
): Promise<boolean> {
  for (const restore of restores) {
    if (!(await restoreWeights(deployment, restore))) return false;
  }
  return true;
}

const ALERT_AFTER_MS = 60_000;

/** Depends on nothing but the target: not on the candidate's health, not on a metric, not on the phase. */
async function restoreWeights(
  deployment: Deployment,
  { weights }: RestoreWeights,
): Promise<boolean> {
  const { activities, progress, ref } = deployment;
  const fence = deployment.nextFence();
  const alarm = new CancellationScope({ cancellable: true });
  const ringing = alarm.run(async () => {
    await sleep(ALERT_AFTER_MS);
    await raiseAlert(
      deployment,
      'Traffic could not be given back to the stable revision for one minute; still trying.',
    );
  });
  ringing.catch(() => undefined);
  try {
    const traffic = await activities.restores.shiftTraffic.executeWithOptions(
      { summary: 'Give all traffic back' },
      [{ ref, fence, weights }],
    );
    progress.commanded(weights, traffic.observed);
    return true;
  } catch (error) {
    if (codeOf(error) === 'FENCED') return await isRestoredBySomebodyElse(deployment, weights);
    progress.leftBehind(`the weights (${sentenceOf(error)})`);
    return false;
  } finally {
    alarm.cancel();
  }
}

/** Somebody took the next epoch: a person who broke the glass, or the target's own way back. */
async function isRestoredBySomebodyElse(
  deployment: Deployment,
  weights: RestoreWeights['weights'],
): Promise<boolean> {
  const { activities, progress, ref } = deployment;
  try {
    const { traffic } = await activities.reads.describeTarget(ref);
    if (sameWeights(traffic.observed, weights)) return true;
    progress.leftBehind('the weights: another claim holds the target');
  } catch (error) {
    progress.leftBehind(`the weights: another claim holds the target (${sentenceOf(error)})`);
  }
  return false;
}

async function retire(deployment: Deployment, { revision, drainMs }: RetireFleet): Promise<void> {
  const { activities, progress, ref } = deployment;
  try {
    await activities.cleanups.retireFleet.executeWithOptions(
      { summary: `Retire the fleet of ${shortDigest(revision)}` },
      [{ ref, fence: deployment.nextFence(), revision, drainMs }],
    );
  } catch (error) {
    progress.leftBehind(`the fleet of ${shortDigest(revision)} (${sentenceOf(error)})`);
  }
}

/** How many requests the candidate answered: a watch that was cut short could not say. */
async function countExposure(deployment: Deployment): Promise<void> {
  const { activities, lastWatch, progress } = deployment;
  if (lastWatch === null) return;
  try {
    deployment.totals = await activities.cleanups.countExposure(lastWatch);
    progress.counted(deployment.totals);
  } catch (error) {
    await raiseAlert(
      deployment,
      `The exposure could not be counted to the end: ${sentenceOf(error)}`,
    );
  }
}

/** A claim that stays open is found by the next deployment, which restores stable first: not worth failing for. */
export async function release(deployment: Deployment): Promise<void> {
  try {
    const fence = deployment.nextFence();
    await deployment.activities.cleanups.releaseTarget({ ref: deployment.ref, fence });
  } catch (error) {
    await raiseAlert(deployment, `The claim on the target stays open: ${sentenceOf(error)}`);
  }
}
