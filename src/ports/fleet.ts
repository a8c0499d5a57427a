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

export interface LogsRequest {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly lines: number;
}

export interface LogLine {
  readonly instance: string;
  readonly line: string;
}
