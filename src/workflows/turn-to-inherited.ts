import type { WarmEntry } from '../domain/service-record';
import { raiseAlert } from './alert';
import { claimTarget } from './claim-target';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';

/**
 * What is stable now gives way to the fleet that stands by: from here on that one is what serves after the way back. Only once
 * it is certain to stand: its window may have ended a moment ago, and then nothing but the newcomer is taken back. Answers
 * false where the target could not even be claimed.
 */
export async function turnToInherited(deployment: Deployment): Promise<boolean> {
  const { compensations, inherited, progress, request, stable } = deployment;
  if (inherited === null || stable === null) return true;
  try {
    if (!deployment.hasEffects) await claimTarget(deployment);
  } catch (error) {
    progress.leftBehind(`the weights (${sentenceOf(error)})`);
    return false;
  }
  if (!(await keepStanding(deployment, inherited))) return true;
  // Whatever was to get the traffic back until now: from here on it is the fleet that stood by.
  const kept = compensations.filter((one) => one.class !== 'weights');
  compensations.splice(0, compensations.length, ...kept);
  const { revision, instances, broughtBy: deploymentId } = inherited;
  deployment.replaced = stable;
  deployment.stable = { revision, deploymentId, sinceMs: Date.now(), instances };
  progress.turnsTo(revision.digest);
  const { drainMs } = request.run;
  compensations.push(
    { class: 'capacity', kind: 'retire-fleet', revision: stable.revision.digest, drainMs },
    { class: 'weights', kind: 'restore-weights', weights: { [revision.digest]: 100 } },
  );
  return true;
}

/**
 * Ends the parking, and starts what is gone already. Answers whether it can serve; where it cannot, it goes with everything
 * else that is taken back, and nobody is promised it any more.
 */
async function keepStanding(
  deployment: Deployment,
  { revision, instances: size }: WarmEntry,
): Promise<boolean> {
  const { activities, compensations, ref, request } = deployment;
  const { drainMs } = request.run;
  const retiring = {
    class: 'capacity',
    kind: 'retire-fleet',
    revision: revision.digest,
    drainMs,
  } as const;
  compensations.push(retiring);
  try {
    const order = { ref, fence: deployment.nextFence(), revision, size };
    const token = deployment.token('keep-standing');
    await activities.effects.launchFleet.executeWithOptions(
      { summary: 'Keep the fleet that stands by' },
      [{ ...order, token }],
    );
    const deadlineAtMs = Date.now() + request.run.startWithinMs;
    const wait = { ref, revision: revision.digest, size: 1, deadlineAtMs };
    await activities.longEffects.awaitHealthy.executeWithOptions(
      { summary: 'The fleet that stands by answers' },
      [wait],
    );
    compensations.splice(compensations.indexOf(retiring), 1);
    return true;
  } catch (error) {
    await activities.cleanups.recordWarm({ ref, warm: null }).catch(() => undefined);
    const why = sentenceOf(error);
    const what = 'The fleet that stood by cannot serve, so that only this deployment is taken back';
    await raiseAlert(deployment, `${what}: ${why}`);
    return false;
  }
}
