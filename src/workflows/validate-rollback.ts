import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';

/** Beyond the window: whoever cannot look by then does not keep the lock. */
const PATIENCE_MS = 60_000;
const SHORTEST_MS = 3_000;
const LONGEST_MS = 30_000;

/**
 * A way back is over when stable is seen to be well: healthy, and failing no more than before. What is not well is told; there
 * is nothing to undo it to.
 */
export async function validateRollback(deployment: Deployment): Promise<void> {
  const { activities, hadUserTraffic, progress, ref, replaced, request, stable } = deployment;
  const { safeAtMs } = progress.snapshot();
  if (stable === null || safeAtMs === null) return;
  if (!hadUserTraffic && replaced === null) return;
  const windowMs = Math.min(Math.max(request.verify.leastMs, SHORTEST_MS), LONGEST_MS);
  try {
    const input = {
      ref,
      deploymentId: request.deploymentId,
      stable: stable.revision.digest,
      wanted: stable.instances,
      fromMs: safeAtMs,
      untilMs: safeAtMs + windowMs,
    };
    const validation = await CancellationScope.withTimeout(windowMs + PATIENCE_MS, () =>
      activities.watches.validateRollback.executeWithOptions({ summary: 'Is stable well again?' }, [
        input,
      ]),
    );
    deployment.validation = validation;
    progress.result(validation.sentence);
    if (validation.verdict === 'worse' || validation.verdict === 'unhealthy')
      await raiseAlert(deployment, validation.sentence);
  } catch (error) {
    const why = isCancellation(error) ? 'nobody could look in time' : sentenceOf(error);
    await raiseAlert(deployment, `The rollback could not be validated: ${why}`);
  }
}
