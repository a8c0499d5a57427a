import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import type { RebuiltRecord } from '../domain/history/rebuild-record';
import type { PlanAnswer } from '../workflows/messages';
import type { LeaveOrder } from '../domain/line/line-entry';
import type { LineView } from '../domain/line/line-view';
import { awaitTurn, type TurnOptions, type TurnResult } from './await-turn';
import { decide, type DecisionOrder, type DecisionReceipt } from './decide';
import { errorOfFailure } from './failures';
import type { WaitingDeployment } from './find-in-line';
import { findRun, listRuns, type DeploymentTarget } from './find-run';
import { follow, type FollowOptions, type FollowResult } from './follow';
import { leaveLine, type LeaveReceipt } from './leave-line';
import { placeInLine, type PlaceInLine } from './place-in-line';
import { readLine } from './read-line';
import { rebuildFromRun } from './rebuild-record';
import { requireWorkers, type WorkerWait } from './require-workers';
import {
  requestDeployment,
  startDeployment,
  type RequestedDeployment,
  type RequestOptions,
  type StartedDeployment,
  type StartOptions,
} from './start-deployment';
import { readStatus } from './read-status';
import { originReader } from './run-origin';
import type { StatusView } from './status-view';
import type { RunDescription, TemporalRuns } from './temporal-runs';

/** One run of the workflow `deploy`. */
export interface DeploymentRun extends RunDescription {
  readonly deployment: string;
  readonly ref: ServiceRef;
}

/** Everything that a person or a program may ask of Belay. Every call ends by itself. */
export interface DeploymentClient {
  /**
   * Starts a deployment, or attaches to the one with the same request key. A live one is asked to make way; where the
   * lock is taken, the conflict policy decides, and waiting in line is waited for.
   * @throws BelayError `NO_WORKER`, `DEPLOYMENT_IN_PROGRESS`, `TEMPORAL_UNAVAILABLE`, and as {@link awaitTurn}
   */
  start(request: DeploymentRequest, options?: StartOptions): Promise<StartedDeployment>;
  /** The same without waiting in line for it: durable once it returns. */
  request(request: DeploymentRequest, options?: RequestOptions): Promise<RequestedDeployment>;
  /**
   * Looks until a deployment that waits in line is started.
   * @throws BelayError `SUPERSEDED`, `LEFT_LINE`, `LINE_EXPIRED`, `LINE_FULL`, `DEPLOYMENT_IN_PROGRESS`
   */
  awaitTurn(waiting: WaitingDeployment, options?: TurnOptions): Promise<TurnResult>;
  /** Who waits, in order, and what became of the last ones. @throws BelayError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
  line(ref: ServiceRef): Promise<LineView>;
  /** Where a deployment waits in line; null: nowhere. @throws BelayError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
  placeInLine(deployment: string): Promise<PlaceInLine | null>;
  /** Durable once it returns. @throws BelayError `DEPLOYMENT_NOT_FOUND`, `DECISION_REFUSED` where it was started */
  leaveLine(order: LeaveOrder): Promise<LeaveReceipt>;
  /** What `start` would do, without doing it. @throws BelayError `NO_WORKER`, `TEMPORAL_UNAVAILABLE` */
  plan(request: DeploymentRequest, options?: WorkerWait): Promise<PlanAnswer>;
  /** @throws BelayError `DEPLOYMENT_NOT_FOUND` */
  find(target: DeploymentTarget): Promise<DeploymentRun>;
  /** Newest first. */
  list(filter: ListFilter): Promise<readonly DeploymentRun[]>;
  status(run: DeploymentRun): Promise<StatusView>;
  /** What the run was asked to do; null: Temporal has deleted its history. @throws BelayError `TEMPORAL_UNAVAILABLE` */
  requestOf(run: DeploymentRun): Promise<DeploymentRequest | null>;
  /** The run's ledger record, from Temporal alone. @throws BelayError `TEMPORAL_UNAVAILABLE` */
  rebuild(run: DeploymentRun): Promise<RebuiltRecord>;
  /** Durable once it returns. @throws BelayError `DECISION_REFUSED` where the run has ended */
  decide(run: DeploymentRun, order: DecisionOrder): Promise<DecisionReceipt>;
  /** Reports every change until the deployment is live or ended, or the time is over. */
  wait(run: DeploymentRun, options: FollowOptions): Promise<FollowResult>;
  close(): Promise<void>;
}

export interface ListFilter {
  readonly service: string;
  /** null: all of them. */
  readonly environment: string | null;
  readonly limit: number;
}

/** Beside the project's own tests: the scans of a large artifact. */
const PLAN_WITHIN_MS = 10 * 60_000;

function planWithinMs({ checks }: DeploymentRequest): number {
  const { unit, integration } = checks.tests;
  const runs = 2 * (integration?.environments.length ?? 0);
  return PLAN_WITHIN_MS + (unit?.timeoutMs ?? 0) + runs * (integration?.timeoutMs ?? 0);
}

export function deploymentClient(runs: TemporalRuns): DeploymentClient {
  const readOrigin = originReader(runs);
  return {
    start: (request, options = {}) => startDeployment(runs, request, options),
    plan: async (request, options = {}) => {
      await requireWorkers(runs, request, options);
      try {
        return await runs.plan(request, planWithinMs(request));
      } catch (error) {
        throw errorOfFailure(error);
      }
    },
    request: (request, options = {}) => requestDeployment(runs, request, options),
    awaitTurn: (waiting, options = {}) => awaitTurn(runs, waiting, options),
    line: (ref) => readLine(runs, ref),
    placeInLine: (deployment) => placeInLine(runs, deployment),
    leaveLine: (order) => leaveLine(runs, order),
    find: (target) => findRun(runs, target),
    list: (filter) => listRuns(runs, filter),
    status: (run) => readStatus(runs, run, readOrigin),
    requestOf: async (run) => (await runs.history(run))?.request ?? null,
    rebuild: (run) => rebuildFromRun(runs, run),
    decide: (run, order) => decide(runs, run, order),
    wait: (run, options) => follow(() => readStatus(runs, run, readOrigin), options),
    close: () => runs.close(),
  };
}
