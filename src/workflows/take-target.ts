import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { TargetDescription } from '../activities/planning';
import type { Digest } from '../domain/revision';
import { sameWeights } from '../domain/target-state';
import { raiseAlert } from './alert';
import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { codeOf, sentenceOf } from './departure';

/** Who has a place on the target: `stable` serves (null: nobody does), `candidate` may have been started. */
export interface Places {
  readonly stable: Digest | null;
  readonly candidate: Digest;
}

/**
 * The first effect: never interrupted, because a claim whose answer nobody heard could not be released. A target that was
 * left in between, by a run that is gone or by a way back that did not complete, gets its stable revision back first.
 */
export async function takeTarget(deployment: Deployment, places: Places): Promise<void> {
  const before = await CancellationScope.nonCancellable(() => claimTarget(deployment));
  if (isLeftInBetween(before, places)) await restoreStable(deployment, places, before);
}

function isLeftInBetween({ traffic }: TargetDescription, { stable }: Places): boolean {
  const isAbandoned = traffic.claim !== null && !traffic.claim.released;
  return isAbandoned || traffic.isQueueing || !sameWeights(traffic.commanded, weightsOf(stable));
}

function weightsOf(stable: Digest | null): Record<Digest, number> {
  return stable === null ? {} : { [stable]: 100 };
}

async function restoreStable(
  deployment: Deployment,
  places: Places,
  before: TargetDescription,
): Promise<void> {
  const { activities, ref } = deployment;
  const { traffic, fleets } = before;
  const weights = weightsOf(places.stable);
  const strangers = strangersAmong(deployment, places, fleets);
  registerWayBack(deployment, { places, before, strangers });
  void raiseAlert(
    deployment,
    `An earlier deployment (${traffic.claim?.deploymentId ?? 'unknown'}) left the target in between: stable first.`,
  );
  await makeStableWhole(deployment, fleets);
  // Both: what is observed hides a share that was commanded for a fleet which cannot serve now.
  if (!sameWeights(traffic.observed, weights) || !sameWeights(traffic.commanded, weights))
    await giveStableItsTraffic(deployment, weights);
  if (traffic.isQueueing) {
    await activities.effects.releaseRequests({ ref, fence: deployment.nextFence() });
    deployment.isQueueing = false;
  }
  await retireStrangers(deployment, strangers);
}

/** What a dead run has left, and nobody has a use for. */
function strangersAmong(
  { inherited }: Deployment,
  { stable, candidate }: Places,
  fleets: TargetDescription['fleets'],
): readonly Digest[] {
  const known = [stable, candidate, inherited?.revision.digest];
  return fleets.map(({ revision }) => revision).filter((revision) => !known.includes(revision));
}

interface LeftBehind {
  readonly places: Places;
  readonly before: TargetDescription;
  readonly strangers: readonly Digest[];
}

/** Whoever leaves before all of it is mended has to do it on the way back. */
function registerWayBack(
  deployment: Deployment,
  { places: { stable, candidate }, before: { traffic, fleets }, strangers }: LeftBehind,
): void {
  const { compensations } = deployment;
  for (const revision of strangers) {
    compensations.push({ class: 'capacity', kind: 'retire-fleet', revision, drainMs: 0 });
  }
  compensations.push(
    isWhole(deployment, fleets) && !traffic.isQueueing
      ? { class: 'weights', kind: 'restore-weights', weights: weightsOf(stable) }
      : { class: 'scaling', kind: 'restore-fleet', revision: stable ?? candidate },
  );
  deployment.isQueueing = traffic.isQueueing;
}

/** One that still has traffic, because stable cannot take it, goes when this candidate has all of it. */
async function retireStrangers(
  deployment: Deployment,
  strangers: readonly Digest[],
): Promise<void> {
  const { activities, ref } = deployment;
  const { traffic } = await activities.reads.describeTarget(ref);
  for (const revision of strangers) {
    if ((traffic.commanded[revision] ?? 0) > 0) {
      deployment.strangers.push(revision);
      continue;
    }
    const fence = deployment.nextFence();
    await activities.cleanups.retireFleet({ ref, fence, revision, drainMs: 0 });
  }
}

function isWhole({ stable }: Deployment, fleets: TargetDescription['fleets']): boolean {
  if (stable === null) return true;
  const standing = fleets.find((fleet) => fleet.revision === stable.revision.digest);
  return standing !== undefined && standing.size >= stable.instances;
}

/** A run that died between two batches, or in the gap of recreate, has left less of stable than there was. */
async function makeStableWhole(
  deployment: Deployment,
  fleets: TargetDescription['fleets'],
): Promise<void> {
  const { activities, ref, request, stable } = deployment;
  if (stable === null || isWhole(deployment, fleets)) return;
  const { revision, instances: size } = stable;
  try {
    const order = { ref, fence: deployment.nextFence(), revision, size };
    const token = deployment.token('restore-stable');
    await activities.effects.launchFleet.executeWithOptions(
      { summary: 'Start what is missing of stable' },
      [{ ...order, token }],
    );
    const deadlineAtMs = Date.now() + request.run.startWithinMs;
    const wait = { ref, revision: revision.digest, size, deadlineAtMs };
    await activities.longEffects.awaitHealthy.executeWithOptions(
      { summary: 'Wait until stable is whole again' },
      [wait],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    void raiseAlert(deployment, `Stable is not whole again: ${sentenceOf(error)}`);
  }
}

/** A stable revision that cannot serve keeps nobody from mending it with a newer one: whichever fleet answers goes on. */
async function giveStableItsTraffic(
  deployment: Deployment,
  weights: Record<Digest, number>,
): Promise<void> {
  const { activities, ref } = deployment;
  try {
    await activities.effects.shiftTraffic.executeWithOptions(
      { summary: 'Restore stable before anything else' },
      [{ ref, fence: deployment.nextFence(), weights }],
    );
  } catch (error) {
    if (codeOf(error) !== 'NO_HEALTHY_INSTANCE') throw error;
    void raiseAlert(
      deployment,
      'Stable has no healthy instance: whichever fleet answers keeps the traffic.',
    );
  }
}
