import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Outcome } from '../domain/outcome';
import { shortDigest } from '../domain/revision';
import { orderCompensations } from '../domain/rollback/order-compensations';
import type { RestoreWeights, RetireFleet, Weights } from '../domain/rollout/plan';
import { sameWeights } from '../domain/target-state';
import { forgetCandidate } from './book-keeping';
import { raiseAlert } from './alert';
import { claimTarget } from './claim-target';
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
  if (isSafe) progress.safe();
  // Before any capacity goes: a record that names a revision without a fleet would mislead the next deployment.
  await forgetCandidate(deployment, departure);
  if (isSafe) {
    for (const one of capacity) await retire(deployment, one);
    const undoing = new Set(
      deployment.planned?.plan.steps.filter(({ undo }) => undo !== null).map(({ id }) => id),
    );
    progress.undone((id) => undoing.has(id));
  } else {
    for (const one of capacity)
      progress.leftBehind(`the fleet of ${shortDigest(one.revision)}, untouched`);
  }
  await countExposure(deployment);
  // An open claim tells the next deployment that the target was left in between.
  await (isSafe ? release(deployment) : leaveClaimed(deployment));
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
  const { progress } = deployment;
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
    await giveBack(deployment, weights);
    return true;
  } catch (error) {
    if (codeOf(error) === 'FENCED') return await settleFenced(deployment, weights);
    progress.leftBehind(`the weights (${sentenceOf(error)})`);
    return false;
  } finally {
    alarm.cancel();
  }
}

async function giveBack(deployment: Deployment, weights: Weights): Promise<void> {
  const { activities, progress, ref } = deployment;
  const traffic = await activities.restores.shiftTraffic.executeWithOptions(
    { summary: 'Give all traffic back' },
    [{ ref, fence: deployment.nextFence(), weights }],
  );
  progress.commanded(weights, traffic.observed);
}

/**
 * Another claim holds the target. This deployment's own older run (after a reset): the next claim is ours. Anybody else, a
 * person who broke the glass or the target's own way back: it is over when stable is observed.
 */
async function settleFenced(deployment: Deployment, weights: Weights): Promise<boolean> {
  const { activities, progress, ref, request } = deployment;
  try {
    const { traffic } = await activities.reads.describeTarget(ref);
    if (sameWeights(traffic.observed, weights)) return true;
    if (traffic.claim?.deploymentId === request.deploymentId) {
      await claimTarget(deployment);
      await giveBack(deployment, weights);
      return true;
    }
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

function leaveClaimed(deployment: Deployment): Promise<void> {
  const message =
    'The claim on the target stays open: the next deployment gives stable its traffic first.';
  return raiseAlert(deployment, message);
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
