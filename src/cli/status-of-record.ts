import type { LedgerClosing, LedgerRecord } from '../domain/ledger-record';
import { sparseStatus } from '../domain/sparse-status';
import type { DeploymentStatus } from '../domain/status';

/** The last status of a deployment, as far as its ledger record has it. */
export function statusOfRecord(record: LedgerRecord): DeploymentStatus {
  const { closing } = record;
  return {
    ...sparseStatus(record.deploymentId, record),
    initiator: record.initiator,
    startedAtMs: record.openedAtMs,
    ...(closing === null ? {} : statusOfClosing(closing)),
  };
}

function statusOfClosing(closing: LedgerClosing): Partial<DeploymentStatus> {
  return {
    phase: 'ended',
    outcome: closing.outcome,
    cause: closing.cause,
    stable: closing.stable,
    revision: closing.candidate,
    strategy: closing.strategy,
    planDigest: closing.planDigest,
    phases: closing.phases.map(({ phase, fromMs, toMs }) => ({
      phase,
      startedAtMs: fromMs,
      endedAtMs: toMs,
      result: null,
    })),
    leftBehind: closing.leftBehind,
    decisions: closing.decisions,
    firstTrafficAtMs: closing.firstTrafficAtMs,
    liveAtMs: closing.liveAtMs,
    decidedAtMs: closing.phases.find(({ phase }) => phase === 'rollback')?.fromMs ?? null,
    safeAtMs: closing.safeAtMs,
    endedAtMs: closing.closedAtMs,
    ...monitoredStatus(closing),
  };
}

function monitoredStatus({ monitored }: LedgerClosing): Partial<DeploymentStatus> {
  if (monitored === undefined) return {};
  const { steps, session, performance, notes } = monitored;
  return { steps, session, performance, notes };
}
