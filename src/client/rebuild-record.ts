import { rebuildRecord, type RebuiltRecord, type RunEnd } from '../domain/history/rebuild-record';
import type { DeploymentRun } from './deployment-client';
import type { RunState, TemporalRuns } from './temporal-runs';

const OUTCOME_MS = 10_000;

/** The ledger's record of a run, from Temporal alone. @throws BelayError `TEMPORAL_UNAVAILABLE` */
export async function rebuildFromRun(
  runs: TemporalRuns,
  listed: DeploymentRun,
): Promise<RebuiltRecord> {
  // A list may be a moment behind.
  const run = { ...listed, ...(await runs.describe(listed)) };
  const history = await runs.history(run);
  return rebuildRecord({
    ref: run.ref,
    deploymentId: run.deployment,
    workflowId: run.workflowId,
    runId: run.runId,
    startedAtMs: run.startedAtMs,
    closedAtMs: run.closedAtMs,
    end: await endOf(runs, run),
    initiator: run.attributes.initiator,
    ...(history ?? NOTHING),
  });
}

/** Temporal has deleted it already. */
const NOTHING = { request: null, opening: null, closing: null, candidate: null };

async function endOf(runs: TemporalRuns, run: DeploymentRun): Promise<RunEnd> {
  if (run.state === 'running') return { kind: 'running' };
  const result = await runs.outcome(run, OUTCOME_MS);
  if (result?.kind === 'outcome') return { kind: 'outcome', outcome: result.outcome };
  return ENDS_WITHOUT_RESULT[run.state](result?.message ?? 'its result was not read');
}

const ENDS_WITHOUT_RESULT: Readonly<
  Record<Exclude<RunState, 'running'>, (message: string) => RunEnd>
> = {
  completed: (message) => ({ kind: 'failed', message }),
  failed: (message) => ({ kind: 'failed', message }),
  cancelled: () => ({ kind: 'cancelled' }),
  stopped: () => ({ kind: 'stopped' }),
};
