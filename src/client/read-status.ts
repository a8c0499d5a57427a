import type { DeploymentStatus } from '../domain/status';
import type { DeploymentRun } from './deployment-client';
import { tryReadLine } from './read-line';
import { statusOfRun, type StatusView } from './status-view';
import type { TemporalRuns } from './temporal-runs';

const QUERY_MS = 2_000;
const OUTCOME_MS = 2_000;

/**
 * Asks the workflow for two seconds; without an answer, what Temporal itself knows of the run. And who waits in line.
 * @throws BelayError `TEMPORAL_UNAVAILABLE`
 */
export async function readStatus(runs: TemporalRuns, run: DeploymentRun): Promise<StatusView> {
  const [view, line] = await Promise.all([readView(runs, run), tryReadLine(runs, run.ref)]);
  return line === null ? view : { ...view, line: line.waiting };
}

async function readView(runs: TemporalRuns, run: DeploymentRun): Promise<StatusView> {
  const { workflowId, runId } = run;
  const asked = await ask(runs, run);
  if (asked.status !== null) {
    const status = await withLive(runs, run, asked.status);
    return { source: 'workflow', status, workflowId, runId, because: null };
  }
  const now = (await runs.describe(run)) ?? run;
  const outcome = now.state === 'running' ? null : await runs.outcome(run, OUTCOME_MS);
  const status = statusOfRun({ ...run, ...now }, outcome);
  return { source: 'temporal', status, workflowId, runId, because: asked.because };
}

/** Between two events of the history only the watcher and the checks know how far they are. */
function withLive(
  runs: TemporalRuns,
  run: DeploymentRun,
  status: DeploymentStatus,
): Promise<DeploymentStatus> {
  return status.phase === 'validate' || status.phase === 'scan'
    ? withLiveChecks(runs, run, status)
    : withLiveWatch(runs, run, status);
}

async function withLiveChecks(
  runs: TemporalRuns,
  run: DeploymentRun,
  status: DeploymentStatus,
): Promise<DeploymentStatus> {
  const live = (await runs.describe(run))?.checks ?? [];
  const checks = status.checks.map((one) => {
    const now = live.find(({ check }) => check === one.check);
    return one.state === 'doing' && now !== undefined
      ? { ...one, progress: { done: now.done, total: now.total } }
      : one;
  });
  return { ...status, checks };
}

async function withLiveWatch(
  runs: TemporalRuns,
  run: DeploymentRun,
  status: DeploymentStatus,
): Promise<DeploymentStatus> {
  const isWatched = status.steps.some(({ id, kind }) => id === status.step && kind === 'bake');
  if (!isWatched || status.phase === 'rollback' || status.phase === 'ended') return status;
  const watch = (await runs.describe(run))?.watch ?? null;
  if (watch?.stepId !== status.step) return status;
  const { verdict, totals, observed } = watch;
  return { ...status, verdict, totals, observed };
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
