import { deployWorkflowId, serviceName, type DeploymentRequest } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { isLive } from '../domain/phase';
import { decide } from './decide';
import type { DeploymentRun } from './deployment-client';
import { findRun } from './find-run';
import { readStatus } from './read-status';
import { requireWorkers, type WorkerWait } from './require-workers';
import type { TemporalRuns } from './temporal-runs';

export interface StartOptions extends WorkerWait {
  /** How long a live deployment may take to make way; default 120 s. */
  readonly yieldWithinMs?: number;
  /** Told once, when a live deployment is asked to make way. */
  readonly onYield?: (running: DeploymentRun) => void;
}

export interface StartedDeployment {
  readonly run: DeploymentRun;
  /** True: it was running already under the same request key. */
  readonly attached: boolean;
}

const TRIES = 3;
const YIELD_WITHIN_MS = 120_000;

export async function startDeployment(
  runs: TemporalRuns,
  request: DeploymentRequest,
  options: StartOptions,
): Promise<StartedDeployment> {
  await requireWorkers(runs, request, options);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await runs.start({ workflowId: deployWorkflowId(request), request });
    const newest = await findRun(runs, request);
    if (answer.kind === 'started') {
      return {
        run: { ...newest, runId: answer.runId, deployment: request.deploymentId },
        attached: false,
      };
    }
    if (request.requestKey !== null && newest.requestKey === request.requestKey) {
      return { run: newest, attached: true };
    }
    if (newest.state === 'running') await makeWay(runs, newest, { request, options });
  }
  throw inProgress(await findRun(runs, request), 'others keep starting deployments there');
}

interface Newcomer {
  readonly request: DeploymentRequest;
  readonly options: StartOptions;
}

/** A live deployment is asked to finish early and awaited; one that still rolls out is left alone. */
async function makeWay(
  runs: TemporalRuns,
  running: DeploymentRun,
  { request, options }: Newcomer,
): Promise<void> {
  const { status } = await readStatus(runs, running);
  if (status.phase === 'ended') {
    // It closes any moment.
    await runs.outcome(running, YIELD_WITHIN_MS);
    return;
  }
  if (!isLive(status.phase)) throw inProgress(running, `it is in phase ${status.phase}`);
  options.onYield?.(running);
  const { record } = await decide(runs, running, {
    kind: 'yield',
    actor: request.initiator,
    reason: `makes way for ${request.deploymentId}`,
  });
  if (record?.effect === 'refused') throw inProgress(running, record.sentence);
  const withinMs = options.yieldWithinMs ?? YIELD_WITHIN_MS;
  if ((await runs.outcome(running, withinMs)) === null) {
    throw inProgress(running, `asked to make way, it has not ended within ${withinMs / 1_000} s`);
  }
}

function inProgress(running: DeploymentRun, why: string): BelayError {
  const name = serviceName(running.ref);
  return new BelayError(
    'DEPLOYMENT_IN_PROGRESS',
    `${running.deployment} is deploying ${name} (${why}). Yours was not started; traffic stays with the running one.`,
    {
      next: `Follow it with \`belay status ${name} --watch\`, or undo it with \`belay rollback ${name}\`.`,
      details: { deployment: running.deployment },
    },
  );
}
