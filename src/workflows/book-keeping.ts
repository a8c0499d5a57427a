import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { LedgerClosing, LedgerOpening } from '../domain/ledger-record';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { sentenceOf, type Departure } from './departure';
import type { Digest } from '../domain/revision';
import type { DeploymentOutcome } from './messages';
import { rollbackAnalysis } from './rollback-analysis';

/**
 * The ledger's record is opened before anything else, so that a deployment that vanished is seen. A ledger that cannot be
 * written stops nothing, least of all an undo: the record can be rebuilt from history.
 */
export async function openRecord(deployment: Deployment): Promise<void> {
  try {
    await deployment.activities.cleanups.openRecord(openingOf(deployment));
  } catch (error) {
    await raiseAlert(deployment, `The ledger's record could not be opened: ${sentenceOf(error)}`);
  }
}

function openingOf({ request, runId }: Deployment): LedgerOpening {
  return {
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
    restores: request.restores,
  };
}

/** A ledger that cannot be written is told, and can be rebuilt from history; it does not change the outcome. */
export async function closeRecord(
  deployment: Deployment,
  outcome: DeploymentOutcome,
): Promise<void> {
  const { deploymentId } = deployment.request;
  try {
    const rollback = await rollbackAnalysis(deployment);
    const closing = { ...closingOf(deployment, outcome), rollback };
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
  const { activities, ref, replaced, request, stable } = deployment;
  try {
    if (deployment.recordingAsStable !== null || replaced !== null) {
      await deployment.recordingAsStable;
      await activities.cleanups.recordStable({ ref, stable });
    }
    if (replaced !== null) await activities.cleanups.recordWarm({ ref, warm: null });
    const revision = heldRevision(deployment, departure);
    if (revision === null) return;
    await activities.cleanups.holdRevision({
      ref,
      hold: {
        revision,
        deploymentId: request.deploymentId,
        atMs: Date.now(),
        by: departure.by ?? 'belay',
        reason: departure.cause,
      },
    });
    deployment.held = revision;
  } catch (error) {
    await raiseAlert(
      deployment,
      `The environment's record could not be written: ${sentenceOf(error)}`,
    );
  }
}

/** What users saw and is taken back: this candidate, or what the inherited fleet takes the place of. */
function heldRevision(
  { candidate, hadUserTraffic, replaced }: Deployment,
  { hold }: Departure,
): Digest | null {
  if (!hold) return null;
  if (replaced !== null) return replaced.revision.digest;
  return hadUserTraffic && candidate !== null ? candidate.digest : null;
}

/** An earlier revision serves again: the one that it took the place of may not come back by itself. */
export async function holdReplaced(deployment: Deployment): Promise<void> {
  const { activities, ref, request } = deployment;
  const { deploymentId, initiator, reason, restores } = request;
  if (restores === null) return;
  const hold = {
    revision: restores.replaces,
    deploymentId,
    atMs: Date.now(),
    by: initiator,
    reason: `Rolled back after its deployment had ended${reason === null ? '' : `: ${reason}`}.`,
  };
  try {
    await activities.cleanups.holdRevision({ ref, hold });
  } catch (error) {
    await raiseAlert(deployment, `The hold could not be written: ${sentenceOf(error)}`);
  }
}

function closingOf(
  deployment: Deployment,
  outcome: DeploymentOutcome,
): Omit<LedgerClosing, 'rollback'> {
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
    decisions: status.decisions,
    undone: deployment.undone,
    monitored: {
      steps: status.steps,
      criteria: deployment.criteria,
      monitoring: deployment.request.monitoring,
      alerts: deployment.alertChanges,
      session: status.session,
      performance: status.performance,
      notes: status.notes,
    },
  };
}
