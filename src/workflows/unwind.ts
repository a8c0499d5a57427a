import type { Outcome } from '../domain/outcome';
import { shortDigest, type Digest } from '../domain/revision';
import { orderCompensations } from '../domain/rollback/order-compensations';
import type { RetireFleet } from '../domain/rollout/plan';
import { forgetCandidate } from './book-keeping';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf, type Departure } from './departure';
import { restoreWeights } from './restore-weights';
import { reverseRollout } from './reverse-rollout';
import { turnToInherited } from './turn-to-inherited';
import { validateRollback } from './validate-rollback';

/**
 * Undoes by class: weights first, and only when stable is observed at its share the capacity. Where the stable fleet no longer
 * stands whole, the way back is planned from what there is. Runs in a non-cancellable scope. Answers what the deployment
 * ends as.
 */
export async function unwind(deployment: Deployment, departure: Departure): Promise<Outcome> {
  const { progress } = deployment;
  progress.leaves(departure.cause);
  if (departure.toInherited === true && !(await turnToInherited(deployment)))
    return 'rollback-incomplete';
  if (!deployment.hasEffects) return departure.outcome;
  progress.enter('rollback');
  const isSafe = await giveTrafficBack(deployment);
  // Before any capacity goes: a record that names a revision without a fleet would mislead the next deployment.
  await forgetCandidate(deployment, departure);
  await (isSafe ? undoCapacity(deployment) : nameCapacity(deployment));
  await countExposure(deployment);
  if (isSafe) await validateRollback(deployment);
  // An open claim tells the next deployment that the target was left in between.
  await (isSafe ? release(deployment) : leaveClaimed(deployment));
  return isSafe ? departure.outcome : 'rollback-incomplete';
}

async function giveTrafficBack(deployment: Deployment): Promise<boolean> {
  const ordered = orderCompensations(deployment.compensations);
  if (ordered.some(({ kind }) => kind === 'restore-fleet')) return reverseRollout(deployment);
  for (const one of ordered) {
    if (one.kind === 'restore-weights' && !(await restoreWeights(deployment, one.weights)))
      return false;
  }
  deployment.progress.safe();
  return true;
}

/** What is still there of the candidate; on a way back that was planned, most of it is gone already. */
async function undoCapacity(deployment: Deployment): Promise<void> {
  for (const one of orderCompensations(deployment.compensations)) {
    if (one.kind === 'retire-fleet' && one.revision !== deployment.stableDigest)
      await retire(deployment, one);
  }
  const undoing = new Set(
    deployment.planned?.plan.steps.filter(({ undo }) => undo !== null).map(({ id }) => id),
  );
  deployment.progress.undone((id) => undoing.has(id));
  if (deployment.progress.snapshot().leftBehind.length === 0) deployment.cleanAtMs = Date.now();
}

/** Every fleet that was to go and still stands; all of them where nobody can say which do. */
async function nameCapacity(deployment: Deployment): Promise<void> {
  const standing = await standingRevisions(deployment);
  for (const revision of toGo(deployment)) {
    if (standing === null || standing.includes(revision))
      deployment.progress.leftBehind(`the fleet of ${shortDigest(revision)}, untouched`);
  }
}

/** A rollout that began with less of stable has the candidate's fleet in its planned way back only. */
function toGo({ compensations, planned }: Deployment): ReadonlySet<Digest> {
  const ordered = orderCompensations(compensations);
  const retiring = ordered.flatMap((one) => (one.kind === 'retire-fleet' ? [one.revision] : []));
  const isPlanned = ordered.some(({ kind }) => kind === 'restore-fleet') && planned !== null;
  return new Set(isPlanned ? [...retiring, planned.plan.candidate.digest] : retiring);
}

async function standingRevisions({
  activities,
  ref,
}: Deployment): Promise<readonly Digest[] | null> {
  try {
    const { fleets } = await activities.reads.describeTarget(ref);
    return fleets.map(({ revision }) => revision);
  } catch {
    return null;
  }
}

async function retire(deployment: Deployment, { revision, drainMs }: RetireFleet): Promise<void> {
  const { activities, progress, ref } = deployment;
  try {
    await activities.cleanups.retireFleet.executeWithOptions(
      { summary: `Retire the fleet of ${shortDigest(revision)}` },
      [{ ref, fence: deployment.nextFence(), revision, drainMs }],
    );
    deployment.undone.push(`retired the fleet of ${shortDigest(revision)}`);
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
