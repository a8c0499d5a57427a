import type { TargetDescription } from '../activities/planning';
import { holdOn } from '../domain/hold';
import { shortDigest, type Digest, type Revision } from '../domain/revision';
import { sameWeights, type TrafficState } from '../domain/target-state';
import type { Deployment } from './deployment';
import { codeOf } from './departure';
import { inheritWindow } from './inherited-window';
import { takeTarget } from './take-target';
import { release } from './unwind';

/** `if it answers`: a target that is away may still be mended by the preparation. */
export type Insistence = 'if it answers' | 'for certain';

/**
 * Reads the target and remembers what serves. A revision that serves everybody ends the deployment well, and so does
 * stable that was left with a part of the traffic, once it has all of it again; one on hold is refused. Answers what to
 * say, or null: there is something to roll out.
 */
export async function servesAlready(
  deployment: Deployment,
  { digest }: Revision,
  insistence: Insistence,
): Promise<string | null> {
  const target = await read(deployment, insistence);
  if (target === null) return null;
  const { record, traffic } = target;
  deployment.stable = record.stable;
  inheritWindow(deployment, target);
  const hold = holdOn(deployment.ref, record, digest);
  if (hold !== null) deployment.leave({ outcome: 'blocked', cause: hold, by: null, hold: false });
  if (record.stable?.revision.digest !== digest) return null;
  const name = shortDigest(digest);
  if (servesUntouched(traffic, digest)) return `Revision ${name} serves already.`;
  await takeTarget(deployment, { stable: digest, candidate: digest });
  await refuseUnobserved(deployment, digest);
  await release(deployment);
  return `Revision ${name} is the stable one and serves everybody again.`;
}

/** Everybody, commanded and observed, and nobody left the target in between. */
function servesUntouched(traffic: TrafficState, digest: Digest): boolean {
  const everything = { [digest]: 100 };
  const isLeftOpen = traffic.claim !== null && !traffic.claim.released;
  return (
    !isLeftOpen &&
    !traffic.isQueueing &&
    sameWeights(traffic.observed, everything) &&
    sameWeights(traffic.commanded, everything)
  );
}

/** All weight and no instance that can serve is not serving. */
async function refuseUnobserved(deployment: Deployment, digest: Digest): Promise<void> {
  const { traffic } = await deployment.activities.reads.describeTarget(deployment.ref);
  if (traffic.observed[digest] === 100) return;
  const cause =
    `Revision ${shortDigest(digest)} is the stable one, but gets ${traffic.observed[digest] ?? 0} % of the traffic: ` +
    'it has no healthy instance. Read `belay logs`, or deploy a revision that mends it.';
  deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
}

const FEW = { retry: { maximumAttempts: 2 } };

async function read(
  { activities, ref }: Deployment,
  insistence: Insistence,
): Promise<TargetDescription | null> {
  if (insistence === 'for certain') return activities.reads.describeTarget(ref);
  try {
    return await activities.reads.describeTarget.executeWithOptions(FEW, [ref]);
  } catch (error) {
    if (codeOf(error) !== 'PLATFORM_UNAVAILABLE') throw error;
    return null;
  }
}
