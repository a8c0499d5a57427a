import type { TargetDescription } from '../activities/planning';
import type { Deployment } from './deployment';
import { codeOf } from './departure';

const ATTEMPTS = 3;

/**
 * Takes the target's next epoch; answers what the target was like before. A run that is refused because of its own
 * deployment's older run reads again and claims the next: here, never inside the activity.
 */
export async function claimTarget(deployment: Deployment): Promise<TargetDescription> {
  const { activities, ref, request, runId } = deployment;
  const { deploymentId } = request;
  for (let attempt = 1; ; attempt += 1) {
    const before = await activities.reads.describeTarget(ref);
    try {
      const order = { ref, deploymentId, runId, after: before.traffic.epoch };
      const { epoch } = await activities.effects.claimTarget.executeWithOptions(
        { summary: 'Claim the target' },
        [order],
      );
      deployment.claimed(epoch);
      return before;
    } catch (error) {
      if (codeOf(error) !== 'FENCED' || attempt >= ATTEMPTS) throw error;
    }
  }
}
