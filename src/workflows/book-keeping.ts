import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { LedgerClosing } from '../domain/ledger-record';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf, type Departure } from './departure';
import type { DeploymentOutcome } from './messages';

/** The ledger's record is opened before anything else, so that a deployment that vanished is seen. */
export async function openRecord(deployment: Deployment): Promise<void> {
  const { request, runId } = deployment;
  await deployment.activities.cleanups.openRecord({
    recordVersion: 1,
    deploymentId: request.deploymentId,
    workflowId: workflowInfo().workflowId,
    runId,
    service: request.service,
    environment: request.environment,
    initiator: request.initiator,
    reason: request.reason,
    commit: request.artifact.commit,
    openedAtMs: request.requestedAtMs,
  });
}

/** A ledger that cannot be written is told, and can be rebuilt from history; it does not change the outcome. */
export async function closeRecord(
  deployment: Deployment,
  outcome: DeploymentOutcome,
): Promise<void> {
  const { deploymentId } = deployment.request;
  try {
    const closing = closingOf(deployment, outcome);
    await deployment.activities.cleanups.closeRecord({ deploymentId, closing });
  } catch (error) {
    await raiseAlert(deployment, `The ledger's record stays open: ${sentenceOf(error)}`);
  }
}

/** A release that serves everybody is not undone because a file could not be written for a minute. */
const PATIENTLY = { retry: { maximumAttempts: 100 } };

/**
 * From here on the candidate is what serves. A decision does not wait for it; the way back does, before it writes the
 * opposite: the record has no fence that would refuse the older of both.
 */
export async function recordStable(deployment: Deployment): Promise<void> {
  const { activities, candidate, ref, request } = deployment;
  if (candidate === null) return;
  const { deploymentId, instances } = request;
  const stable = { revision: candidate, deploymentId, sinceMs: Date.now(), instances };
  const recording = CancellationScope.nonCancellable(() =>
    activities.cleanups.recordStable.executeWithOptions(PATIENTLY, [{ ref, stable }]),
  );
  deployment.recordingAsStable = recording.catch(() => undefined);
  await Promise.race([recording, CancellationScope.current().cancelRequested]);
}

/** After a way back: what served before is stable again, and a revision that users saw is put on hold. */
export async function forgetCandidate(deployment: Deployment, departure: Departure): Promise<void> {
  const { activities, candidate, ref, request } = deployment;
  try {
    if (deployment.recordingAsStable !== null) {
      await deployment.recordingAsStable;
      await activities.cleanups.recordStable({ ref, stable: deployment.stable });
    }
    if (departure.hold && deployment.hadUserTraffic && candidate !== null) {
      await activities.cleanups.holdRevision({
        ref,
        hold: {
          revision: candidate.digest,
          deploymentId: request.deploymentId,
          atMs: Date.now(),
          by: departure.by ?? 'belay',
          reason: departure.cause,
        },
      });
    }
  } catch (error) {
    await raiseAlert(
      deployment,
      `The environment's record could not be written: ${sentenceOf(error)}`,
    );
  }
}

function closingOf(deployment: Deployment, outcome: DeploymentOutcome): LedgerClosing {
  const status = deployment.progress.snapshot();
  return {
    outcome: outcome.outcome,
    cause: outcome.cause,
    stable: status.stable,
    candidate: status.revision,
    strategy: status.strategy,
    planDigest: status.planDigest,
    phases: status.phases.map(({ phase, startedAtMs, endedAtMs }) => ({
      phase,
      fromMs: startedAtMs,
      toMs: endedAtMs ?? Date.now(),
      humanMs: deployment.progress.humanMsOf(phase),
    })),
    firstTrafficAtMs: status.firstTrafficAtMs,
    liveAtMs: status.liveAtMs,
    safeAtMs: status.safeAtMs,
    closedAtMs: Date.now(),
    exposure: deployment.totals.candidate,
    verdicts: deployment.verdicts,
    leftBehind: status.leftBehind,
  };
}
