import type { DeploymentRequest, ServiceRef } from '../deployment';
import type { ConflictPolicy } from './conflict';

/** How a newcomer waits: by the conflict policy, or as the way back to an earlier revision, which waits for nobody. */
export type LineKind = ConflictPolicy | 'rollback';

/** One deployment that waits for the lock; also the payload of the signal `join`. Times in epoch ms. */
export interface LineEntry {
  readonly request: DeploymentRequest;
  readonly kind: LineKind;
  readonly joinedAtMs: number;
  /** From then on it waits no more. */
  readonly deadlineMs: number;
}

/** The payload of the signal `leave`. */
export interface LeaveOrder {
  readonly deploymentId: string;
  readonly actor: string;
  readonly reason: string | null;
}

export const LINE_WAIT_MS = 2 * 60 * 60_000;

export function lineKindOf(request: DeploymentRequest, conflict: ConflictPolicy): LineKind {
  return isWayBack(request) ? 'rollback' : conflict;
}

/** It brings back what was deployed before: never refused, and never behind others. */
export function isWayBack({ restores, artifact }: DeploymentRequest): boolean {
  return restores !== null || artifact.kind === 'revision';
}

/** The same key is the same request; but a job that deployed and now goes back asks for another thing. */
export function isSameRequest(one: KeyedRequest, other: KeyedRequest): boolean {
  if (one.requestKey === null || one.isWayBack !== other.isWayBack) return false;
  return one.requestKey === other.requestKey;
}

export interface KeyedRequest {
  readonly requestKey: string | null;
  readonly isWayBack: boolean;
}

export function keyOf(request: DeploymentRequest): KeyedRequest {
  return { requestKey: request.requestKey, isWayBack: isWayBack(request) };
}

export function lineWorkflowId({ service, environment }: ServiceRef): string {
  return `line/${service}/${environment}`;
}
