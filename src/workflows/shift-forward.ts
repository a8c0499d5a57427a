import { shortDigest } from '../domain/revision';
import type { ShiftStep } from '../domain/rollout/plan';
import { UNSERVABLE } from './activity-proxies';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { codeOf } from './departure';

/**
 * A split needs both sides. Where stable cannot serve any more and the candidate can, whichever fleet answers keeps the traffic:
 * all of it, as the router gives it already; the smaller shares that were to come are passed.
 */
export async function shiftForward(
  deployment: Deployment,
  step: ShiftStep,
  shift: (step: ShiftStep) => Promise<string>,
): Promise<string> {
  try {
    return await shift(step);
  } catch (error) {
    const { candidate, stable } = deployment;
    if (candidate === null || stable === null || !UNSERVABLE.has(codeOf(error) ?? '')) throw error;
    if (!(await onlyCandidateAnswers(deployment, step))) throw error;
    await raiseAlert(
      deployment,
      `No instance of stable ${shortDigest(stable.revision.digest)} can serve: everything goes to the candidate, which answers.`,
    );
    deployment.isStableGone = true;
    await shift({ ...step, weights: { [candidate.digest]: 100 } });
    return 'everything, because stable cannot serve';
  }
}

async function onlyCandidateAnswers(
  { activities, candidate, ref, stableDigest }: Deployment,
  { weights }: ShiftStep,
): Promise<boolean> {
  if (stableDigest === null || !(stableDigest in weights)) return false;
  const { fleets } = await activities.reads.describeTarget(ref);
  const answering = fleets.filter(({ healthy }) => healthy > 0).map(({ revision }) => revision);
  return answering.includes(candidate?.digest ?? '') && !answering.includes(stableDigest);
}
