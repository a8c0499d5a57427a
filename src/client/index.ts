import { connectTemporal } from './connection';
import { deploymentClient, type DeploymentClient } from './deployment-client';
import { sdkRuns } from './sdk-runs';

export interface OpenOptions {
  /** `host:port` of Temporal's frontend. */
  readonly address: string;
  readonly namespace?: string;
  /** How long to try to connect; default 10 s. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** A connected client; close it when done. @throws BelayError `TEMPORAL_UNAVAILABLE` */
export async function openDeploymentClient(options: OpenOptions): Promise<DeploymentClient> {
  return deploymentClient(sdkRuns(await connectTemporal(options), options.address));
}

export { newDeploymentId } from './deployment-id';
export { parseTarget, type DeploymentTarget } from './find-run';
export { temporalAddress, type TemporalAddress } from './temporal-address';
export type { DecisionOrder, DecisionReceipt } from './decide';
export type { DeploymentClient, DeploymentRun, ListFilter } from './deployment-client';
export type { FollowOptions, FollowResult } from './follow';
export type { TurnOptions, TurnResult } from './await-turn';
export type { LinePosition, WaitingDeployment } from './find-in-line';
export type { LeaveReceipt } from './leave-line';
export type { PlaceInLine } from './place-in-line';
export type {
  RequestedDeployment,
  RequestOptions,
  StartedDeployment,
  StartOptions,
} from './start-deployment';
export type { RunOrigin } from './run-origin';
export type { StatusSource, StatusView, WatchLook } from './status-view';
