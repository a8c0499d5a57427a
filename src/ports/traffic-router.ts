import type { ServiceRef, TargetSpec } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { Weights } from '../domain/rollout/plan';
import type { Claim, Fence, TrafficState } from '../domain/target-state';

/** Who gets the next request. Every call may run twice; every write carries the fence. */
export interface TrafficRouter {
  /** Epoch 0, no claim and no weights where the service is unknown. */
  observe(ref: ServiceRef, signal: AbortSignal): Promise<TrafficState>;
  /**
   * Takes the next epoch if `after` is still the current one; the same owner gets its own epoch again.
   * @throws BelayError `FENCED` when another claim came in between
   */
  claim(order: ClaimOrder, signal: AbortSignal): Promise<ClaimResult>;
  /** Ends the claim: its epoch can write no more. */
  release(
    order: { readonly ref: ServiceRef; readonly fence: Fence },
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Makes sure that requests can come in at all (local: the service's port is listened on).
   * @throws BelayError `FENCED`, `PORT_TAKEN`
   */
  ensureRoute(order: RouteOrder, signal: AbortSignal): Promise<void>;
  /**
   * Commands the weights and answers what is observed then.
   * @throws BelayError `FENCED`, `NO_HEALTHY_INSTANCE` (rule: never weight on a fleet that cannot serve)
   */
  setWeights(order: WeightsOrder, signal: AbortSignal): Promise<TrafficState>;
  /**
   * From now on new requests wait, each at most `mostWaitMs`, until {@link releaseRequests}. Beyond that they go on where a
   * fleet with weight can serve, else they are answered 503, and so are those beyond what the router can hold. Weights may be empty meanwhile. Repeating it changes the bound only.
   * @throws BelayError `FENCED`, `TARGET_REJECTED` where the target cannot
   */
  queueRequests(order: QueueOrder, signal: AbortSignal): Promise<TrafficState>;
  /** Those that wait go on by the weights of this moment; answers what the gap was. Nothing where none waits. @throws BelayError `FENCED` */
  releaseRequests(order: ReleaseOrder, signal: AbortSignal): Promise<QueueResult>;
  /** Waits until the revision has no request in flight, at most `timeoutMs`. @throws BelayError `FENCED`, `HAS_WEIGHT` */
  drain(order: DrainOrder, signal: AbortSignal): Promise<DrainResult>;
  /** One GET that reaches exactly this revision and no user's statistics. */
  smoke(request: SmokeRequest, signal: AbortSignal): Promise<SmokeResult>;
}

export interface ClaimOrder {
  readonly ref: ServiceRef;
  readonly deploymentId: string;
  readonly runId: string;
  readonly after: number;
}

export interface ClaimResult {
  readonly epoch: number;
  readonly previous: Claim | null;
}

export interface RouteOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly target: TargetSpec;
}

export interface WeightsOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly weights: Weights;
}

export interface QueueOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly mostWaitMs: number;
}

export interface ReleaseOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
}

/** What one gap was like, from its beginning to its release. */
export interface QueueResult {
  /** Requests that waited. */
  readonly queued: number;
  readonly longestMs: number;
  /** Of them, answered 503 because their time was over or there was no room. */
  readonly refused: number;
}

export interface DrainOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly revision: Digest;
  readonly timeoutMs: number;
}

export interface DrainResult {
  /** Requests that were cut off at the deadline. */
  readonly cancelled: number;
  readonly waitedMs: number;
}

export interface SmokeRequest {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly path: string;
  readonly timeoutMs: number;
}

export interface SmokeResult {
  /** null: no answer. */
  readonly status: number | null;
  readonly problem: string | null;
}
