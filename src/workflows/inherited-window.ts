import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { TargetDescription } from '../activities/planning';
import { shortDigest } from '../domain/revision';
import type { WarmEntry } from '../domain/service-record';
import { POLL_MS } from './activity-proxies';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf } from './departure';
import { triggerOf } from './leave-harmed';

/**
 * A live deployment made way for this one and left its old fleet standing by. Until users see this candidate, what is live is
 * watched on by the criteria that it was deployed with, and a rollback goes to that fleet.
 */
export function inheritWindow(
  deployment: Deployment,
  { record, fleets }: Pick<TargetDescription, 'record' | 'fleets'>,
): void {
  const { warm } = record;
  deployment.standsBy = warm;
  if (warm === null || deployment.inherited !== null || warm.untilMs <= Date.now()) return;
  if (warm.revision.digest === record.stable?.revision.digest) return;
  const standing = fleets.find(({ revision }) => revision === warm.revision.digest);
  if (standing === undefined || standing.healthy === 0) return;
  deployment.inherited = warm;
  const scope = new CancellationScope({ cancellable: true });
  deployment.inheritedWatch = scope;
  // Whatever becomes of the watch, it is never the reason why a deployment fails.
  scope.run(() => watchWindow(deployment, warm)).catch(() => undefined);
}

/** Whether a rollback now means the fleet that stands by. */
export function isWithinInheritedWindow({ inherited }: Deployment): boolean {
  return inherited !== null && Date.now() < inherited.untilMs;
}

/** This candidate is healthy and about to serve: what stood by goes, and undo means what is stable now. */
export async function endInheritedWindow(deployment: Deployment): Promise<void> {
  const { activities, candidate, ref, stableDigest, standsBy } = deployment;
  deployment.inheritedWatch?.cancel();
  deployment.inherited = null;
  // Also one whose window was over when this deployment began: nobody after it may mistake it for its own.
  if (standsBy === null) return;
  deployment.standsBy = null;
  const { digest } = standsBy.revision;
  try {
    await activities.cleanups.recordWarm({ ref, warm: null });
    if (digest === candidate?.digest || digest === stableDigest) return;
    await activities.cleanups.retireFleet.executeWithOptions(
      { summary: `Retire ${shortDigest(digest)}, which stood by` },
      [{ ref, fence: deployment.nextFence(), revision: digest, drainMs: 0 }],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    await raiseAlert(
      deployment,
      `The fleet of ${shortDigest(digest)}, which stood by, could not be retired; the platform does it when its window is over (${sentenceOf(error)})`,
    );
  }
}

/** The same watch as before, with the evidence that it had gathered. */
async function watchWindow(deployment: Deployment, warm: WarmEntry): Promise<void> {
  const { activities, ref, stableDigest } = deployment;
  if (stableDigest === null) return;
  const nowMs = Date.now();
  const { end, verdict } = await activities.watches.watch.executeWithOptions(
    { summary: `Watch on what ${warm.deploymentId} brought` },
    [
      {
        deploymentId: warm.deploymentId,
        ref,
        stepId: 'inherited',
        stable: warm.revision.digest,
        candidate: stableDigest,
        weights: { [stableDigest]: 100 },
        criteria: warm.criteria.filter(({ action }) => action === 'rollback'),
        limits: { leastMs: 0, longestMs: warm.untilMs - nowMs, minimumRequests: 0 },
        stepStartedAtMs: nowMs,
        evidenceFromMs: warm.evidenceFromMs,
        beforeFromMs: warm.evidenceFromMs,
        leastAtMs: null,
        longestAtMs: warm.untilMs,
        pollMs: POLL_MS,
        monitoring: { ...(warm.monitoring ?? deployment.request.monitoring), alerting: 'off' },
        openAlerts: [],
      },
    ],
  );
  if (end !== 'harm' || deployment.inherited === null) return;
  deployment.interrupt({
    outcome: 'rolled-back',
    cause: `${verdict.sentence} It was brought by ${warm.deploymentId}; this deployment gave way.`,
    by: null,
    hold: true,
    trigger: triggerOf(verdict.rule),
    toInherited: true,
  });
}
