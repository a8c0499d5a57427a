import { shortDigest, type Revision } from '../domain/revision';
import type { FleetState } from '../domain/target-state';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';

/**
 * The way back cannot be completed: whichever fleet answers keeps the traffic, stable before the candidate; where none does, the
 * candidate is started again, because it did serve. Nobody waits at the router for ever, and what is missing is named.
 */
export async function leaveServing(deployment: Deployment): Promise<void> {
  try {
    const { fleets } = await deployment.activities.restores.describeTarget(deployment.ref);
    const serving = whoServes(deployment, fleets) ?? (await startCandidateAgain(deployment));
    if (serving !== null) await giveAll(deployment, serving);
    nameMissing(deployment, fleets);
  } catch (error) {
    await raiseAlert(deployment, `Nobody could be given all traffic: ${sentenceOf(error)}`);
  }
  await releaseQueue(deployment);
}

function whoServes(
  { candidate, stable }: Deployment,
  fleets: readonly FleetState[],
): Revision | null {
  const answers = (one: Revision | null): boolean =>
    fleets.some(({ revision, healthy }) => revision === one?.digest && healthy > 0);
  return [stable?.revision ?? null, candidate].find(answers) ?? null;
}

async function startCandidateAgain(deployment: Deployment): Promise<Revision | null> {
  const { activities, candidate: revision, hadUserTraffic, ref, request } = deployment;
  if (revision === null || !hadUserTraffic) return null;
  const { instances: size, run } = request;
  const order = { ref, fence: deployment.nextFence(), revision, size };
  const token = deployment.token('leave-serving');
  await activities.restores.launchFleet.executeWithOptions(
    { summary: 'Nothing serves: start the candidate again' },
    [{ ...order, token }],
  );
  const deadlineAtMs = Date.now() + run.startWithinMs;
  const wait = { ref, revision: revision.digest, size: 1, deadlineAtMs };
  await activities.longRestores.awaitHealthy(wait);
  return revision;
}

async function giveAll(deployment: Deployment, { digest }: Revision): Promise<void> {
  const { activities, progress, ref } = deployment;
  const weights = { [digest]: 100 };
  const traffic = await activities.restores.shiftTraffic.executeWithOptions(
    { summary: `Whichever fleet answers: all traffic to ${shortDigest(digest)}` },
    [{ ref, fence: deployment.nextFence(), weights }],
  );
  progress.commanded(weights, traffic.observed);
  deployment.undone.push(`left all traffic to ${shortDigest(digest)}, which answers`);
}

function nameMissing({ progress, stable }: Deployment, fleets: readonly FleetState[]): void {
  if (stable === null) return;
  const { revision, instances } = stable;
  const healthy = fleets.find((fleet) => fleet.revision === revision.digest)?.healthy ?? 0;
  if (healthy < instances)
    progress.leftBehind(
      `stable ${shortDigest(revision.digest)} on ${healthy} of ${instances} instances`,
    );
}

async function releaseQueue(deployment: Deployment): Promise<void> {
  const { activities, ref } = deployment;
  if (!deployment.isQueueing) return;
  try {
    await activities.restores.releaseRequests({ ref, fence: deployment.nextFence() });
    deployment.isQueueing = false;
  } catch (error) {
    deployment.progress.leftBehind(`requests that wait at the router (${sentenceOf(error)})`);
  }
}
