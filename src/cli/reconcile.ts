import type { DeploymentRun } from '../client/index';
import { BelayError } from '../domain/errors';
import type { RebuiltRecord } from '../domain/history/rebuild-record';
import type { LedgerRecord } from '../domain/ledger-record';
import type { CliContext } from './context';

export interface LedgerScope {
  readonly service: string;
  /** null: all of them. */
  readonly environment: string | null;
}

/** What the ledger and Temporal say of each other; ids of deployments. */
export interface Reconciliation {
  readonly rebuilt: readonly Rebuilt[];
  /** Both say the same. */
  readonly agreeing: number;
  /** Open in the ledger, and Temporal knows it no more: nobody knows how it ended. */
  readonly lost: readonly string[];
  /** Temporal's oldest run of it, epoch ms: what is missing from before cannot be rebuilt. Null: it has none. */
  readonly oldestRunMs: number | null;
}

export interface Rebuilt {
  readonly deployment: string;
  /** What the ledger had of it before. */
  readonly before: 'missing' | 'open';
  readonly from: RebuiltRecord['from'];
}

const MOST = 10_000;

/** Writes into the ledger what it lacks and Temporal still knows; what is closed there stays as it is. */
export async function reconcile(scope: LedgerScope, context: CliContext): Promise<Reconciliation> {
  const client = await context.client();
  const { ledger } = context.adapters();
  const runs = newestOfEach(await client.list({ ...scope, limit: MOST }));
  const records = await ledger.list({ ...scope, limit: MOST });
  const rebuilt: Rebuilt[] = [];
  for (const run of runs.values()) {
    const before = await ledger.find(run.deployment);
    if (before !== null && !mayLack(before)) continue;
    const found = await client.rebuild(run);
    if (before !== null && found.record.closing === null) continue;
    await write(found.record, context);
    rebuilt.push({
      deployment: run.deployment,
      before: before === null ? 'missing' : 'open',
      from: found.from,
    });
  }
  return {
    rebuilt,
    agreeing: runs.size - rebuilt.length,
    lost: await lostOf(
      records.filter((record) => mayLack(record) && !runs.has(record.deploymentId)).map(idOf),
      context,
    ),
    oldestRunMs: oldestOf([...runs.values()]),
  };
}

/** A run that was reset lives on in a newer one of the same deployment. */
function newestOfEach(runs: readonly DeploymentRun[]): ReadonlyMap<string, DeploymentRun> {
  const newest = new Map<string, DeploymentRun>();
  for (const run of runs) if (!newest.has(run.deployment)) newest.set(run.deployment, run);
  return newest;
}

/** Visibility is seconds behind: one that has just been started is asked for by name before it counts as lost. */
async function lostOf(missing: readonly string[], context: CliContext): Promise<readonly string[]> {
  const client = await context.client();
  const lost: string[] = [];
  for (const deployment of missing) {
    try {
      await client.find({ deployment });
    } catch (error) {
      if (!(error instanceof BelayError) || error.code !== 'DEPLOYMENT_NOT_FOUND') throw error;
      lost.push(deployment);
    }
  }
  return lost;
}

function mayLack({ closing }: LedgerRecord): boolean {
  return closing === null;
}

async function write(
  { closing, ...opening }: LedgerRecord,
  { adapters }: CliContext,
): Promise<void> {
  const { ledger } = adapters();
  await ledger.open(opening);
  if (closing !== null) await ledger.close(opening.deploymentId, closing);
}

function idOf({ deploymentId }: LedgerRecord): string {
  return deploymentId;
}

function oldestOf(runs: readonly DeploymentRun[]): number | null {
  return runs.length === 0 ? null : Math.min(...runs.map(({ startedAtMs }) => startedAtMs));
}
