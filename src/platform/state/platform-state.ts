import type { Digest } from '../../domain/revision';
import type { ClaimView, FleetRequest } from '../admin-api';

/** Everything that the platform must know again after its own restart. */
export interface PlatformState {
  readonly schemaVersion: 1;
  readonly services: readonly ServiceState[];
}

export interface ServiceState {
  readonly service: string;
  readonly environment: string;
  readonly fence: FenceState;
  readonly listener: ListenerState | null;
  readonly weights: Readonly<Record<Digest, number>>;
  /** Set while new requests wait; absent in an older state. */
  readonly queue?: QueueState | null;
  readonly fleets: readonly FleetState[];
}

export interface QueueState {
  readonly sinceMs: number;
  readonly mostWaitMs: number;
}

export interface ListenerState {
  readonly host: string;
  readonly port: number;
  /** False, or absent in an older state: the platform chose the host, and a later one may choose another. */
  readonly isHostOrdered?: boolean;
}

export interface FenceState {
  readonly claim: ClaimView | null;
  readonly previous: ClaimView | null;
  /** The newest accepted effect of the claim; `answer` is null until it is known. */
  readonly last: AcceptedEffect | null;
}

export interface AcceptedEffect {
  readonly n: number;
  readonly hash: string;
  readonly answer: unknown;
}

/** How a revision's instances are run; never changes while its fleet stands. */
export type FleetSpec = Pick<
  FleetRequest,
  'artifact' | 'command' | 'env' | 'secrets' | 'health' | 'stopGraceMs'
>;

export interface FleetState {
  readonly revision: Digest;
  readonly spec: FleetSpec;
  readonly token: string;
  readonly size: number;
  /** Set while it is being retired. */
  readonly retiring: { readonly drainMs: number } | null;
  /** Set while it stands by; absent in an older state. */
  readonly parked?: Parking | null;
  readonly instances: readonly InstanceRecord[];
}

export interface Parking {
  readonly untilMs: number;
  readonly drainMs: number;
}

export interface InstanceRecord {
  readonly id: string;
  readonly port: number;
  /** Null while it is about to be spawned, or is down. */
  readonly process: { readonly pid: number; readonly stamp: string } | null;
  readonly startedAtMs: number;
  readonly restarts: number;
  readonly healthy: boolean;
  readonly stopping: boolean;
}

export const EMPTY_STATE: PlatformState = { schemaVersion: 1, services: [] };
