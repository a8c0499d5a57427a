import { sparseStatus } from '../domain/sparse-status';
import type { DeploymentStatus, LiveWatch, StepStatus } from '../domain/status';
import type { DeploymentRun } from './deployment-client';
import { tryReadLine } from './read-line';
import { originReader, type ReadOrigin } from './run-origin';
import { statusOfRun, type StatusView } from './status-view';
import type { TemporalRuns } from './temporal-runs';

const QUERY_MS = 2_000;
const OUTCOME_MS = 2_000;

/**
 * Asks the workflow for two seconds; without an answer, what Temporal itself knows of the run. And who waits in line.
 * @throws BelayError `TEMPORAL_UNAVAILABLE`
 */
export async function readStatus(
  runs: TemporalRuns,
  run: DeploymentRun,
  readOrigin: ReadOrigin = originReader(runs),
): Promise<StatusView> {
  const [view, line, origin] = await Promise.all([
    readView(runs, run),
    tryReadLine(runs, run.ref),
    readOrigin(run),
  ]);
  return {
    ...view,
    ...(line === null ? {} : { line: line.waiting }),
    ...(origin === null ? {} : { origin }),
  };
}

async function readView(runs: TemporalRuns, run: DeploymentRun): Promise<StatusView> {
  const { workflowId, runId } = run;
  const asked = await ask(runs, run);
  if (asked.status !== null) {
    const live = await withLive(runs, run, asked.status);
    return { source: 'workflow', ...live, workflowId, runId, because: null };
  }
  const now = (await runs.describe(run)) ?? run;
  const outcome = now.state === 'running' ? null : await runs.outcome(run, OUTCOME_MS);
  const status = statusOfRun({ ...run, ...now }, outcome);
  return { source: 'temporal', status, workflowId, runId, because: asked.because };
}

type Live = Pick<StatusView, 'status' | 'look'>;

/** Between two events of the history only the watcher and the checks know how far they are. */
function withLive(runs: TemporalRuns, run: DeploymentRun, status: DeploymentStatus): Promise<Live> {
  return status.phase === 'validate' || status.phase === 'scan'
    ? withLiveChecks(runs, run, status)
    : withLiveWatch(runs, run, status);
}

async function withLiveChecks(
  runs: TemporalRuns,
  run: DeploymentRun,
  status: DeploymentStatus,
): Promise<Live> {
  const live = (await runs.describe(run))?.checks ?? [];
  const checks = status.checks.map((one) => {
    const now = live.find(({ check }) => check === one.check);
    return one.state === 'doing' && now !== undefined
      ? { ...one, progress: { done: now.done, total: now.total } }
      : one;
  });
  return { status: { ...status, checks } };
}

async function withLiveWatch(
  runs: TemporalRuns,
  run: DeploymentRun,
  status: DeploymentStatus,
): Promise<Live> {
  const isWatched = status.steps.some(({ id, kind }) => id === status.step && kind === 'bake');
  if (!isWatched || status.phase === 'rollback' || status.phase === 'ended') return { status };
  const watch = (await runs.describe(run))?.watch ?? null;
  return watch?.stepId === status.step ? seenBy(watch, status) : { status };
}

/** A worker of before says neither how the monitors stand nor when it looks again. */
function seenBy(watch: WatchOfAnyVersion, status: DeploymentStatus): Live {
  const { verdict, totals, observed, atMs, session = status.session } = watch;
  const { nextAtMs = null, stepRequests = null } = watch;
  return {
    status: { ...status, verdict, totals, observed, session },
    look: { atMs, nextAtMs, stepRequests },
  };
}

type WatchOfAnyVersion = Omit<LiveWatch, 'session' | 'nextAtMs'> &
  Partial<Pick<LiveWatch, 'session' | 'nextAtMs'>>;

type Asked =
  | { readonly status: DeploymentStatus; readonly because: null }
  | { readonly status: null; readonly because: string };

async function ask(runs: TemporalRuns, run: DeploymentRun): Promise<Asked> {
  try {
    const status: unknown = await runs.queryStatus(run, QUERY_MS);
    if (isStatus(status)) return { status: completed(status, run), because: null };
    return { status: null, because: 'the worker gave an answer that this version cannot read' };
  } catch {
    return { status: null, because: `no worker answered within ${QUERY_MS / 1_000} s` };
  }
}

/** A worker of before does not know every field that is read here. */
function completed(status: DeploymentStatus, { deployment, ref }: DeploymentRun): DeploymentStatus {
  const steps = status.steps.map(withLimits);
  return { ...sparseStatus(deployment, ref), ...status, steps };
}

function withLimits(step: Omit<StepStatus, 'limits'> & Partial<StepStatus>): StepStatus {
  return { ...step, limits: step.limits ?? null };
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
