import { CancellationScope, condition } from '@temporalio/workflow';
import { shortDigest, type Digest } from '../../domain/revision';
import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import { sameWeights } from '../../domain/target-state';
import { raiseAlert } from '../alert';
import { holdReplaced } from '../book-keeping';
import type { Deployment } from '../deployment';
import { sentenceOf } from '../departure';
import { leaveWarm } from '../leave-warm';
import { runSteps } from '../run-steps';
import { release } from '../unwind';

/**
 * Phase 11: the old fleet goes. Past this point undo is a new deployment, so nothing interrupts it; what cannot be
 * cleaned up is told and does not undo a release that serves everybody.
 */
export async function finish(deployment: Deployment, planned: PlannedRollout): Promise<string> {
  await hearWhatIsUnderWay(deployment);
  deployment.progress.enter('finish');
  await CancellationScope.nonCancellable(async () => {
    if (!(await leaveWarm(deployment, planned))) await retireStable(deployment, planned);
    for (const revision of deployment.strangers) await retireStranger(deployment, revision);
    // Only now: while it can still be taken back, what it replaced may have to serve again.
    await holdReplaced(deployment);
    await release(deployment);
  });
  return `Revision ${shortDigest(planned.plan.candidate.digest)} serves everybody.`;
}

const PATIENCE_MS = 1_000;

/** A decision that was sent in time and is still being verified counts: this is the last moment at which it can. */
async function hearWhatIsUnderWay(deployment: Deployment): Promise<void> {
  if (deployment.isDeciding()) await condition(() => !deployment.isDeciding(), PATIENCE_MS);
  if (!deployment.forward.consideredCancelled) return;
  const cause = 'Cancelled through Temporal.';
  deployment.leave(
    deployment.decided ?? {
      outcome: 'cancelled',
      cause,
      by: null,
      hold: false,
      trigger: 'cancelled',
    },
  );
}

/** Only what is observed permits scaling down: stable stays where the candidate does not have all traffic. */
async function retireStable(deployment: Deployment, { plan }: PlannedRollout): Promise<void> {
  const steps = stepsOf(plan, 'finish');
  if (plan.stable === null || steps.length === 0) return;
  const fleet = `the fleet of ${shortDigest(plan.stable)}`;
  try {
    const { traffic } = await deployment.activities.reads.describeTarget(deployment.ref);
    if (!sameWeights(traffic.observed, { [plan.candidate.digest]: 100 })) {
      deployment.progress.leftBehind(fleet);
      await raiseAlert(deployment, `The candidate does not get all traffic; ${fleet} is kept.`);
      return;
    }
    await runSteps(deployment, steps);
  } catch (error) {
    deployment.progress.leftBehind(fleet);
    await raiseAlert(deployment, `${fleet} could not be retired: ${sentenceOf(error)}`);
  }
}

async function retireStranger(deployment: Deployment, revision: Digest): Promise<void> {
  const { activities, ref, request } = deployment;
  const { drainMs } = request.run;
  try {
    const fence = deployment.nextFence();
    await activities.cleanups.retireFleet({ ref, fence, revision, drainMs });
  } catch (error) {
    deployment.progress.leftBehind(`the fleet of ${shortDigest(revision)} (${sentenceOf(error)})`);
  }
}
