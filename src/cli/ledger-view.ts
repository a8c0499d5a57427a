import { refsOfDeploymentId } from '../client/deployment-id';
import type { DeploymentTarget, StatusView } from '../client/index';
import { sparseStatus } from '../domain/sparse-status';
import type { LedgerRecord } from '../domain/ledger-record';
import type { Ledger } from '../ports/ledger';

/** What the ledger says of a deployment that Temporal knows no more; null where it has none. */
export async function ledgerView(
  target: DeploymentTarget,
  ledger: Pick<Ledger, 'find' | 'list'>,
): Promise<StatusView | null> {
  const record =
    'deployment' in target ? await byId(target.deployment, ledger) : await newest(target, ledger);
  return record === null ? null : viewOf(record);
}

async function byId(id: string, ledger: Pick<Ledger, 'find'>): Promise<LedgerRecord | null> {
  return refsOfDeploymentId(id).length === 0 ? null : ledger.find(id);
}

async function newest(
  ref: { readonly service: string; readonly environment: string },
  ledger: Pick<Ledger, 'list'>,
): Promise<LedgerRecord | null> {
  const [record] = await ledger.list({ ...ref, limit: 1 });
  return record ?? null;
}

function viewOf(record: LedgerRecord): StatusView {
  const { closing } = record;
  const status = {
    ...sparseStatus(record.deploymentId, record),
    initiator: record.initiator,
    startedAtMs: record.openedAtMs,
    ...(closing === null
      ? {}
      : {
          phase: 'ended' as const,
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
          safeAtMs: closing.safeAtMs,
          endedAtMs: closing.closedAtMs,
        }),
  };
  const because = 'Temporal knows this deployment no more';
  const { workflowId, runId } = record;
  return { source: 'ledger', status, workflowId, runId, because };
}
