import type { ServiceRef } from '../domain/deployment';
import type { Digest, Revision } from '../domain/revision';
import type { Fence, FleetState } from '../domain/target-state';

/** The running instances of revisions. Every call may run twice. */
export interface Fleet {
  /**
   * Keeps `size` instances of the revision running; answers without waiting for health.
   * @throws BelayError `FENCED`, `ARTIFACT_MISSING`, `TARGET_REJECTED`, `PLATFORM_UNAVAILABLE`
   */
  ensure(order: FleetOrder, signal: AbortSignal): Promise<FleetState>;
  /**
   * Shrinks the revision's fleet to `size` (1 or more): the surplus takes no more requests, ends what it has begun within
   * `drainMs`, and is stopped; answers once it is gone. A fleet that is not larger stays as it is.
   * @throws BelayError `FENCED`, `TARGET_REJECTED`, `PLATFORM_UNAVAILABLE`
   */
  reduce(order: ReduceOrder, signal: AbortSignal): Promise<FleetState>;
  /**
   * The fleet stands by without weight until `untilMs`, then the target retires it by itself, whether an engine runs or not;
   * `ensure` and `retire` end that. Nothing where there is no fleet.
   * @throws BelayError `FENCED`, `HAS_WEIGHT`, `PLATFORM_UNAVAILABLE`
   */
  park(order: ParkOrder, signal: AbortSignal): Promise<void>;
  /** Every fleet of the service, in any state. */
  describe(ref: ServiceRef, signal: AbortSignal): Promise<readonly FleetState[]>;
  /**
   * Stops and forgets the revision's instances: drained first, then asked to end, then ended. Nothing where there is none.
   * @throws BelayError `FENCED`, `HAS_WEIGHT` (rule: nothing with weight is scaled to zero), `PLATFORM_UNAVAILABLE`
   */
  retire(order: RetireOrder, signal: AbortSignal): Promise<void>;
  /** The newest lines that the revision's instances wrote, oldest first. */
  logs(request: LogsRequest, signal: AbortSignal): Promise<readonly LogLine[]>;
}

export interface FleetOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly revision: Revision;
  readonly size: number;
  /** Deployment id and step id: every create happens at most once. */
  readonly token: string;
}

export interface RetireOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly revision: Digest;
  readonly drainMs: number;
}

export interface ReduceOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly revision: Digest;
  readonly size: number;
  readonly drainMs: number;
}

export interface ParkOrder {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly revision: Digest;
  readonly untilMs: number;
  readonly drainMs: number;
}

export interface LogsRequest {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly lines: number;
}

export interface LogLine {
  readonly instance: string;
  readonly line: string;
}
