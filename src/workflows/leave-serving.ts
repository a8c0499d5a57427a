import { shortDigest, type Revision } from '../domain/revision';
import type { Weights } from '../domain/rollout/plan';
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
    const weights = whatCanBeBorne(deployment, fleets) ?? (await startCandidateAgain(deployment));
    if (weights !== null) await give(deployment, weights);
    nameMissing(deployment, fleets);
  } catch (error) {
    await raiseAlert(deployment, `Nobody could be given all traffic: ${sentenceOf(error)}`);
  }
  await releaseQueue(deployment);
}

/** Stable gets what its instances can bear, at most twice their usual load; what is left goes to a candidate that answers. */
function whatCanBeBorne(
  { candidate, stable }: Deployment,
  fleets: readonly FleetState[],
): Weights | null {
  const healthyOf = (one: Revision | null): number =>
    fleets.find(({ revision }) => revision === one?.digest)?.healthy ?? 0;
  const ofStable = healthyOf(stable?.revision ?? null);
  const ofCandidate = healthyOf(candidate);
  if (stable === null || ofStable === 0)
    return candidate === null || ofCandidate === 0 ? null : { [candidate.digest]: 100 };
  const share = Math.min(100, Math.floor((200 * ofStable) / stable.instances));
  if (share === 100 || candidate === null || ofCandidate === 0)
    return { [stable.revision.digest]: 100 };
  return { [stable.revision.digest]: share, [candidate.digest]: 100 - share };
}

async function startCandidateAgain(deployment: Deployment): Promise<Weights | null> {
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
  return { [revision.digest]: 100 };
}

async function give(deployment: Deployment, weights: Weights): Promise<void> {
  const { activities, progress, ref } = deployment;
  const traffic = await activities.restores.shiftTraffic.executeWithOptions(
    { summary: 'Whichever fleet answers keeps the traffic' },
    [{ ref, fence: deployment.nextFence(), weights }],
  );
  progress.commanded(weights, traffic.observed);
  deployment.undone.push('left the traffic to whichever fleet answers');
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
