import { deployWorkflowId, serviceName, type DeploymentRequest } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { DEFAULT_CONFLICT, type ConflictPolicy } from '../domain/line/conflict';
import {
  isSameRequest,
  isWayBack,
  keyOf,
  LINE_WAIT_MS,
  lineKindOf,
  type LineKind,
} from '../domain/line/line-entry';
import { isLive } from '../domain/phase';
import { awaitTurn, type TurnOptions } from './await-turn';
import type { DeploymentRun } from './deployment-client';
import type { WaitingDeployment } from './find-in-line';
import { findRun } from './find-run';
import { requireWorkers, type WorkerWait } from './require-workers';
import type { TemporalRuns } from './temporal-runs';

export interface RequestOptions extends WorkerWait {
  /** What to do where another deployment runs; default `reject`. A way back never waits. */
  readonly conflict?: ConflictPolicy;
  /** How long it may wait in line; default 2 h. */
  readonly lineWaitMs?: number;
}

export interface StartOptions extends RequestOptions, TurnOptions {}

export interface StartedDeployment {
  readonly run: DeploymentRun;
  /** True: it was there already under the same request key. */
  readonly attached: boolean;
}

/** Durable either way: what waits is started in its turn, whatever becomes of the client. */
export type RequestedDeployment =
  | { readonly kind: 'started'; readonly started: StartedDeployment }
  | { readonly kind: 'waiting'; readonly waiting: WaitingDeployment };

/** Asks for a deployment, and waits for its turn where it has to. */
export async function startDeployment(
  runs: TemporalRuns,
  request: DeploymentRequest,
  options: StartOptions,
): Promise<StartedDeployment> {
  const requested = await requestDeployment(runs, request, options);
  if (requested.kind === 'started') return requested.started;
  const result = await awaitTurn(runs, requested.waiting, options);
  if (result.end === 'started') return result.started;
  throw stillWaiting(result.waiting);
}

/** Starts a deployment, attaches to the running one with the same request key, or joins the line. */
export async function requestDeployment(
  runs: TemporalRuns,
  request: DeploymentRequest,
  options: RequestOptions,
): Promise<RequestedDeployment> {
  await requireWorkers(runs, request, options);
  const kind = lineKindOf(request, options.conflict ?? DEFAULT_CONFLICT);
  const requested = waitsItsTurn(kind)
    ? await attach(runs, request)
    : await startAtOnce(runs, request, kind);
  return requested ?? joinLine(runs, request, { kind, ...options });
}

/** Who waits its turn overtakes nobody: it joins the line even where the lock is free for a moment. */
function waitsItsTurn(kind: LineKind): boolean {
  return kind === 'queue' || kind === 'supersede';
}

/** Null: another one holds the lock, and the line gets it out of the way. */
async function startAtOnce(
  runs: TemporalRuns,
  request: DeploymentRequest,
  kind: LineKind,
): Promise<RequestedDeployment | null> {
  const answer = await runs.start({ workflowId: deployWorkflowId(request), request });
  if (answer.kind === 'started') {
    return { kind: 'started', started: { run: justStarted(request, answer), attached: false } };
  }
  const newest = await findRun(runs, request);
  if (isSameRequest(keyOf(request), newest)) return attachedTo(newest);
  if (kind === 'reject' && !makesWay(newest)) throw inProgress(newest);
  return null;
}

/** Known without another question, which a Temporal that goes away just now would not answer. */
function justStarted(
  request: DeploymentRequest,
  { runId }: { readonly runId: string },
): DeploymentRun {
  const { service, environment, deploymentId: deployment, requestKey, initiator } = request;
  return {
    ref: { service, environment },
    deployment,
    workflowId: deployWorkflowId(request),
    runId,
    state: 'running',
    startedAtMs: Date.now(),
    closedAtMs: null,
    attributes: {
      deployment,
      service,
      environment,
      strategy: request.strategy.kind,
      phase: null,
      outcome: null,
      revision: null,
      initiator,
      trafficPercent: null,
    },
    requestKey,
    isWayBack: isWayBack(request),
    watch: null,
    checks: [],
  };
}

async function attach(
  runs: TemporalRuns,
  request: DeploymentRequest,
): Promise<RequestedDeployment | null> {
  if (request.requestKey === null) return null;
  const newest = await runs.describe({ workflowId: deployWorkflowId(request), runId: null });
  if (newest?.state !== 'running' || !isSameRequest(keyOf(request), newest)) return null;
  return attachedTo(await findRun(runs, request));
}

function attachedTo(run: DeploymentRun): RequestedDeployment {
  return { kind: 'started', started: { run, attached: true } };
}

/** It is live, or ends by itself: whoever comes next need not be turned away. */
function makesWay({ state, attributes: { phase } }: DeploymentRun): boolean {
  return state !== 'running' || (phase !== null && (isLive(phase) || phase === 'ended'));
}

async function joinLine(
  runs: TemporalRuns,
  request: DeploymentRequest,
  { kind, lineWaitMs = LINE_WAIT_MS }: RequestOptions & { readonly kind: LineKind },
): Promise<RequestedDeployment> {
  const { service, environment, deploymentId: deployment } = request;
  const joinedAtMs = Date.now();
  const deadlineMs = joinedAtMs + lineWaitMs;
  const lineRunId = await runs.joinLine({ request, kind, joinedAtMs, deadlineMs });
  const ref = { service, environment };
  const waiting = { deployment, ref, lineRunId, attached: false, deadlineMs };
  return { kind: 'waiting', waiting };
}

function inProgress(running: DeploymentRun): BelayError {
  const name = serviceName(running.ref);
  const phase = running.attributes.phase ?? 'store';
  return new BelayError(
    'DEPLOYMENT_IN_PROGRESS',
    `${running.deployment} is deploying ${name} (it is in phase ${phase}). Yours was not started; traffic stays as it is.`,
    {
      next:
        `Follow it with \`belay status ${name} --watch\`, or undo it with \`belay rollback ${name}\`; ` +
        '`belay deploy --conflict queue` waits its turn.',
      details: { deployment: running.deployment },
    },
  );
}

function stillWaiting({ deployment, ref }: WaitingDeployment): BelayError {
  return new BelayError(
    'LINE_EXPIRED',
    `${deployment} still waits in line, and is started in its turn without this client. Traffic stays as it is.`,
    {
      next: `See who waits with \`belay line ${serviceName(ref)}\`; take it out with \`belay line leave ${deployment}\`.`,
      details: { deployment },
    },
  );
}
