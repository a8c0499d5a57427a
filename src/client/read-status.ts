import type { DeploymentStatus } from '../domain/status';
import type { DeploymentRun } from './deployment-client';
import { statusOfRun, type StatusView } from './status-view';
import type { TemporalRuns } from './temporal-runs';

const QUERY_MS = 2_000;
const OUTCOME_MS = 2_000;

/**
 * Asks the workflow for two seconds; without an answer, what Temporal itself knows of the run.
 * @throws BelayError `TEMPORAL_UNAVAILABLE`
 */
export async function readStatus(runs: TemporalRuns, run: DeploymentRun): Promise<StatusView> {
  const { workflowId, runId } = run;
  const asked = await ask(runs, run);
  if (asked.status !== null) {
    return { source: 'workflow', status: asked.status, workflowId, runId, because: null };
  }
  const now = (await runs.describe(run)) ?? run;
  const outcome = now.state === 'running' ? null : await runs.outcome(run, OUTCOME_MS);
  const status = statusOfRun({ ...run, ...now }, outcome);
  return { source: 'temporal', status, workflowId, runId, because: asked.because };
}

type Asked =
  | { readonly status: DeploymentStatus; readonly because: null }
  | { readonly status: null; readonly because: string };

async function ask(runs: TemporalRuns, run: DeploymentRun): Promise<Asked> {
  try {
    const status: unknown = await runs.queryStatus(run, QUERY_MS);
    if (isStatus(status)) return { status, because: null };
    return { status: null, because: 'the worker gave an answer that this version cannot read' };
  } catch {
    return { status: null, because: `no worker answered within ${QUERY_MS / 1_000} s` };
  }
}

function isStatus(value: unknown): value is DeploymentStatus {
  if (typeof value !== 'object' || value === null) return false;
  const status = value as Partial<DeploymentStatus>;
  return (
    typeof status.deployment === 'string' &&
    typeof status.phase === 'string' &&
    Array.isArray(status.steps) &&
    Array.isArray(status.phases) &&
    Array.isArray(status.decisions)
  );
}
