import { isInvalid } from '../client/grpc-errors';
import type { RunDescription, TemporalRuns } from '../client/temporal-runs';
import { deployWorkflowId, type DeploymentRequest } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { RunningDeployment } from '../domain/line/next-move';
import type { DeploymentRuns, StartAttempt } from '../ports/deployment-runs';

const ANSWER_MS = 2_000;

/** {@link DeploymentRuns} over the client's own way to Temporal. */
export function createDeploymentRuns(runs: TemporalRuns): DeploymentRuns {
  return {
    start: (request, signal) => start(runs, request, signal),
    find: async (request) => {
      const newest = await newestRun(runs, request);
      if (newest === null) return null;
      return isOwn(newest, request) ? newest.runId : findEarlier(runs, request);
    },
    decide: async ({ ref, runId, decision }) => {
      const run = { workflowId: deployWorkflowId(ref), runId };
      if (!(await runs.signalDecision(run, decision))) return null;
      return runs.awaitDecision(run, { decisionId: decision.id, withinMs: ANSWER_MS });
    },
  };
}

async function start(
  runs: TemporalRuns,
  request: DeploymentRequest,
  signal: AbortSignal,
): Promise<StartAttempt> {
  const before = await newestRun(runs, request);
  const held = holdOf(before, request);
  if (held?.kind === 'started') return held;
  // It may have been started, have ended, and another one after it: only visibility knows that one.
  const earlier = before === null ? null : await findEarlier(runs, request);
  if (earlier !== null) return { kind: 'started', runId: earlier };
  if (held !== null) return held;
  signal.throwIfAborted();
  const answer = await startUnlessInvalid(runs, request);
  if (answer.kind === 'started') return answer;
  const now = holdOf(await newestRun(runs, request), request);
  if (now !== null) return now;
  throw new BelayError(
    'DEPLOYMENT_IN_PROGRESS',
    `Another deployment held the lock for a moment; ${request.deploymentId} tries again. Traffic stays as it is.`,
    { retryable: true },
  );
}

/** Null: the lock is free. */
function holdOf(newest: RunDescription | null, request: DeploymentRequest): StartAttempt | null {
  if (newest === null) return null;
  if (isOwn(newest, request)) return { kind: 'started', runId: newest.runId };
  if (newest.state !== 'running') return null;
  return { kind: 'taken', running: runningOf(newest) };
}

async function startUnlessInvalid(
  runs: TemporalRuns,
  request: DeploymentRequest,
): ReturnType<TemporalRuns['start']> {
  try {
    return await runs.start({ workflowId: deployWorkflowId(request), request });
  } catch (error) {
    // What cannot even be written down is as invalid as what the server refuses.
    if (!(error instanceof Error) || !(isInvalid(error) || error instanceof TypeError)) throw error;
    throw new BelayError(
      'INTERNAL',
      `Temporal does not take ${request.deploymentId} (${error.message}). Traffic stays as it is.`,
      { retryable: false, cause: error },
    );
  }
}

function newestRun(runs: TemporalRuns, request: DeploymentRequest): Promise<RunDescription | null> {
  return runs.describe({ workflowId: deployWorkflowId(request), runId: null });
}

async function findEarlier(
  runs: TemporalRuns,
  { deploymentId }: DeploymentRequest,
): Promise<string | null> {
  const [run] = await runs.list({ deployment: deploymentId });
  return run?.runId ?? null;
}

function isOwn(run: RunDescription, { deploymentId }: DeploymentRequest): boolean {
  return run.attributes.deployment === deploymentId;
}

function runningOf({ attributes, ...run }: RunDescription): RunningDeployment {
  return {
    deploymentId: attributes.deployment ?? run.workflowId,
    runId: run.runId,
    phase: attributes.phase ?? 'store',
    trafficPercent: attributes.trafficPercent ?? 0,
    requestKey: run.requestKey,
    isWayBack: run.isWayBack,
  };
}
