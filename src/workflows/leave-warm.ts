import type { PlannedRollout } from '../domain/rollout/plan';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';

/**
 * Makes way for a newcomer without ending the undo window: the old fleet stands by on the target, which retires it by itself
 * when the window is over, and the newcomer reads from the record what to watch on. Answers whether it was left like that.
 */
export async function leaveWarm(
  deployment: Deployment,
  { plan }: PlannedRollout,
): Promise<boolean> {
  const { activities, control, ref, request, stable, warmUntilMs } = deployment;
  if (!control.yields || plan.wayBack.kind !== 'shift') return false;
  if (stable === null || warmUntilMs === null || warmUntilMs <= Date.now()) return false;
  const { revision, instances, deploymentId: broughtBy } = stable;
  const { monitors, performance, probe, sources } = request.monitoring;
  try {
    const fence = deployment.nextFence();
    const { drainMs } = request.run;
    const order = { ref, fence, revision: revision.digest, untilMs: warmUntilMs, drainMs };
    await activities.effects.parkFleet(order);
    const warm = {
      revision,
      broughtBy,
      instances,
      deploymentId: request.deploymentId,
      untilMs: warmUntilMs,
      criteria: deployment.criteria,
      monitoring: { monitors, performance, probe, sources },
      evidenceFromMs: deployment.evidenceFromMs ?? Date.now(),
    };
    await activities.cleanups.recordWarm({ ref, warm });
    deployment.progress.result('makes way: the old fleet stands by for the newcomer');
    return true;
  } catch (error) {
    await raiseAlert(deployment, `The old fleet could not stand by: ${sentenceOf(error)}`);
    return false;
  }
}
