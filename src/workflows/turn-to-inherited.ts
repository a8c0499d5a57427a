import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';

/**
 * What is stable now gives way to the fleet that stands by: from here on that one is what serves after the way back. Answers
 * false where the target could not even be claimed.
 */
export async function turnToInherited(deployment: Deployment): Promise<boolean> {
  const { inherited, stable } = deployment;
  if (inherited === null || stable === null) return true;
  try {
    if (!deployment.hasEffects) await claimTarget(deployment);
  } catch (error) {
    deployment.progress.leftBehind(`the weights (${sentenceOf(error)})`);
    return false;
  }
  const { revision, instances, deploymentId } = inherited;
  deployment.replaced = stable;
  deployment.stable = { revision, deploymentId, sinceMs: Date.now(), instances };
  deployment.progress.turnsTo(revision.digest);
  const { drainMs } = deployment.request.run;
  deployment.compensations.push(
    { class: 'capacity', kind: 'retire-fleet', revision: stable.revision.digest, drainMs },
    { class: 'weights', kind: 'restore-weights', weights: { [revision.digest]: 100 } },
  );
  return true;
}
