import { CancellationScope } from '@temporalio/workflow';
import { shortDigest } from '../../domain/revision';
import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import { raiseAlert } from '../alert';
import type { Deployment } from '../deployment';
import { sentenceOf } from '../departure';
import { runSteps } from '../run-steps';
import { release } from '../unwind';

/**
 * Phase 11: the old fleet goes. Past this point undo is a new deployment, so nothing interrupts it; what cannot be
 * cleaned up is told and does not undo a release that serves everybody.
 */
export async function finish(deployment: Deployment, { plan }: PlannedRollout): Promise<string> {
  const { progress } = deployment;
  progress.enter('finish');
  await CancellationScope.nonCancellable(async () => {
    try {
      await runSteps(deployment, stepsOf(plan, 'finish'));
    } catch (error) {
      progress.leftBehind(
        `the fleet of ${plan.stable === null ? 'nobody' : shortDigest(plan.stable)}`,
      );
      await raiseAlert(deployment, `The old fleet could not be retired: ${sentenceOf(error)}`);
    }
    await release(deployment);
  });
  return `Revision ${shortDigest(plan.candidate.digest)} serves everybody.`;
}
