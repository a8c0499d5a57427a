import type { Digest } from './revision';
import type { Weights } from './rollout/plan';

/** Which claim an effect belongs to, and its place in that claim's order. */
export interface Fence {
  readonly epoch: number;
  readonly n: number;
}

export interface Claim {
  readonly epoch: number;
  readonly deploymentId: string;
  readonly runId: string;
  readonly released: boolean;
}

export type InstanceHealth =
  'starting' | 'healthy' | 'unhealthy' | 'crashed' | 'draining' | 'stopping';

export interface InstanceState {
  readonly id: string;
  readonly pid: number | null;
  readonly health: InstanceHealth;
  readonly restarts: number;
  /** Why it ended or does not answer; null while all is well. */
  readonly problem: string | null;
}

export interface FleetState {
  readonly revision: Digest;
  readonly size: number;
  readonly healthy: number;
  readonly instances: readonly InstanceState[];
  /** The last lines that a failing instance wrote, oldest first. */
  readonly lastLines: readonly string[];
}

/** Weight has three values: desired (in the plan), commanded, observed. Percent; entries of 0 are left out. */
export interface TrafficState {
  /** 0 before the first claim. */
  readonly epoch: number;
  readonly claim: Claim | null;
  readonly commanded: Weights;
  /** What the next requests get; percent, may be fractional. */
  readonly observed: Weights;
  /** New requests wait at the router. */
  readonly isQueueing: boolean;
}

/** True when the next requests get exactly these weights. */
export function observes(traffic: TrafficState, weights: Weights): boolean {
  return sameWeights(traffic.observed, weights);
}

export function sameWeights(a: Weights, b: Weights): boolean {
  const revisions = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...revisions].every((revision) => (a[revision] ?? 0) === (b[revision] ?? 0));
}
