import { refsOfDeploymentId } from '../client/deployment-id';
import type { DeploymentTarget, StatusView } from '../client/index';
import type { LedgerRecord } from '../domain/ledger-record';
import type { Ledger } from '../ports/ledger';
import { statusOfRecord } from './status-of-record';

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
  const because = 'Temporal knows this deployment no more';
  const { workflowId, runId } = record;
  return { source: 'ledger', status: statusOfRecord(record), workflowId, runId, because };
}
