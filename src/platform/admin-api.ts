import type { Histogram } from '../domain/analysis/histogram';
import type { Digest, HealthCheck } from '../domain/revision';

export { platformSocketPath } from './socket-path';

/**
 * The admin API of the local platform: JSON over HTTP on a Unix socket (mode 0600).
 *
 * A service is addressed as `/v1/services/{service}/{environment}`; a revision inside it by its digest. Every call is
 * idempotent. Every effect carries a {@link Fence}: the same `(epoch, n)` with the same body is a repeat and answers
 * as before, anything older is refused with `FENCED`.
 *
 * | call | body → answer |
 * |---|---|
 * | `GET /v1/platform` | → {@link PlatformView} |
 * | `GET /v1/services/S/E` | → {@link ServiceView}, 404 `NOT_FOUND` |
 * | `POST /v1/services/S/E/claim` | {@link ClaimRequest} → {@link ClaimAnswer}, 409 `FENCED` |
 * | `POST /v1/services/S/E/release` | {@link Fenced} → {@link ServiceView} |
 * | `PUT /v1/services/S/E/listener` | {@link ListenerRequest} → {@link ServiceView}, 409 `PORT_TAKEN` |
 * | `PUT /v1/services/S/E/fleets/DIGEST` | {@link FleetRequest} → {@link FleetView}, 409 `TOO_MANY_INSTANCES` |
 * | `GET /v1/services/S/E/fleets/DIGEST/logs?lines=N` | → {@link LogsAnswer} |
 * | `PUT /v1/services/S/E/weights` | {@link WeightsRequest} → {@link TrafficView}, 409 `NO_HEALTHY_INSTANCE` |
 * | `PUT /v1/services/S/E/queue` | {@link QueueRequest} → {@link TrafficView} |
 * | `POST /v1/services/S/E/queue/release` | {@link Fenced} → {@link QueueAnswer} |
 * | `POST /v1/services/S/E/fleets/DIGEST/drain` | {@link DrainRequest} → {@link DrainAnswer}, 409 `HAS_WEIGHT` |
 * | `POST /v1/services/S/E/fleets/DIGEST/reduce` | {@link ReduceRequest} → {@link FleetView} |
 * | `POST /v1/services/S/E/fleets/DIGEST/park` | {@link ParkRequest} → {@link ServiceView}, 409 `HAS_WEIGHT` |
 * | `DELETE /v1/services/S/E/fleets/DIGEST` | {@link RetireRequest} → {@link ServiceView}, 409 `HAS_WEIGHT` |
 * | `GET /v1/services/S/E/metrics?from=MS&to=MS` | → {@link MetricsAnswer} |
 * | `POST /v1/shutdown` | {@link ShutdownRequest} → {@link PlatformView}; the process then ends |
 * | `GET /metrics` | → Prometheus' text format: docs/monitoring.md names the series |
 */
export const ADMIN_API_VERSION = 1;

/** Route a request to one revision regardless of weights, uncounted: `x-belay-route: DIGEST`. */
export const ROUTE_HEADER = 'x-belay-route';
/** On every answer of an instance: which revision gave it. */
export const REVISION_HEADER = 'x-belay-revision';
/** On every answer that the router itself makes: why. */
export const ROUTER_HEADER = 'x-belay-router';

export type RouterReason =
  | 'no-weight'
  | 'no-healthy-instance'
  | 'connect-failed'
  | 'upstream-reset'
  | 'upstream-timeout'
  | 'unknown-revision'
  /** It waited for as long as it may, see {@link QueueRequest}. */
  | 'queue-expired'
  /** As many as the router holds were waiting already. */
  | 'queue-full'
  | 'bad-request';

export type PlatformErrorCode =
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'FENCED'
  | 'FENCE_CONFLICT'
  | 'PORT_TAKEN'
  | 'NO_HEALTHY_INSTANCE'
  | 'HAS_WEIGHT'
  | 'TOO_MANY_INSTANCES'
  | 'ARTIFACT_MISSING'
  | 'SECRET_MISSING'
  | 'SECRET_EXPOSED'
  | 'INTERNAL';

export interface PlatformErrorBody {
  readonly error: {
    readonly code: PlatformErrorCode;
    readonly message: string;
    readonly details?: unknown;
  };
}

/** Which claim an effect belongs to, and its place in that claim's order. */
export interface Fence {
  readonly epoch: number;
  readonly n: number;
}

export interface Fenced {
  readonly fence: Fence;
}

export interface ClaimOwner {
  readonly deploymentId: string;
  readonly runId: string;
}

export interface ClaimRequest extends ClaimOwner {
  /** The epoch that the caller saw (0 before the first): the claim succeeds only if it still stands. */
  readonly after: number;
}

export interface ClaimView extends ClaimOwner {
  readonly epoch: number;
  readonly released: boolean;
}

export interface ClaimAnswer {
  readonly epoch: number;
  /** The claim that this one follows; null for the first. */
  readonly previous: ClaimView | null;
}

export interface ListenerRequest extends Fenced {
  /** 0 lets the platform choose a free one; the view says which. */
  readonly port: number;
  /** Default: the listen host of the platform. */
  readonly host?: string;
}

export interface FleetRequest extends Fenced {
  readonly artifact: Digest;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly health: HealthCheck;
  readonly stopGraceMs: number;
  /** Instances to keep running. What is too many is drained and stopped in the background, see {@link ReduceRequest}. */
  readonly size: number;
  /** Written to the journal: deployment id and step id. */
  readonly token: string;
}

/** `crashed`: it ended and a restart is due at `restartAtMs`. */
export type InstanceState =
  'starting' | 'healthy' | 'unhealthy' | 'crashed' | 'draining' | 'stopping';

export interface InstanceView {
  readonly id: string;
  readonly pid: number | null;
  readonly port: number;
  readonly state: InstanceState;
  readonly sinceMs: number;
  readonly startedAtMs: number;
  readonly restarts: number;
  readonly restartAtMs: number | null;
  readonly inFlight: number;
  readonly lastProbeError: string | null;
  /** `exit code 1`, `killed by SIGKILL`, `spawn node-x ENOENT`; null while it never ended. */
  readonly lastExit: string | null;
}

export interface FleetView {
  readonly revision: Digest;
  readonly size: number;
  readonly healthy: number;
  /** When it is retired by itself; null unless it stands by, see {@link ParkRequest}. */
  readonly parkedUntilMs: number | null;
  readonly instances: readonly InstanceView[];
  /** The last lines that its newest failed or running instance wrote, oldest first. */
  readonly lastLines: readonly string[];
}

export interface TrafficView {
  /** What was last asked for, whole percent by revision; entries with weight 0 are left out. */
  readonly commanded: Readonly<Record<Digest, number>>;
  /** What the router does with the next requests, given which instances are healthy; percent, may be fractional. */
  readonly observed: Readonly<Record<Digest, number>>;
  readonly inFlight: Readonly<Record<Digest, number>>;
  /** New requests wait, see {@link QueueRequest}. */
  readonly isQueueing: boolean;
  /** How many do so now. */
  readonly waiting: number;
}

export interface ServiceView {
  readonly service: string;
  readonly environment: string;
  /** 0 before the first claim. */
  readonly epoch: number;
  readonly claim: ClaimView | null;
  readonly listener: { readonly host: string; readonly port: number } | null;
  readonly traffic: TrafficView;
  readonly fleets: readonly FleetView[];
}

export interface PlatformView {
  readonly schemaVersion: 1;
  readonly pid: number;
  readonly startedAtMs: number;
  readonly home: string;
  /** Where `/metrics` is served besides this socket; null: nowhere, or not yet. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly services: readonly ServiceView[];
}

export interface LogsAnswer {
  readonly lines: readonly { readonly instance: string; readonly line: string }[];
}

export interface WeightsRequest extends Fenced {
  /** Whole percent by revision: sums to 100, or is empty (no traffic at all). */
  readonly weights: Readonly<Record<Digest, number>>;
}

/**
 * From now on new requests wait, before an instance is picked for them, until `queue/release`: each at most `mostWaitMs`
 * from its arrival, at most 10 000 together; the others are answered 503. Weights may be empty meanwhile. Requests that
 * choose their revision by header do not wait.
 */
export interface QueueRequest extends Fenced {
  readonly mostWaitMs: number;
}

/** What one gap was like, from its beginning (or from a restart of the platform inside it) to its release. */
export interface QueueAnswer {
  /** Requests that came in it. */
  readonly queued: number;
  readonly longestMs: number;
  /** Of them, answered 503 because their time was over or there was no room. */
  readonly refused: number;
}

export interface DrainRequest extends Fenced {
  readonly timeoutMs: number;
}

export interface DrainAnswer {
  /** What is still in flight after the drain: 0, unless weight given meanwhile ended the drain early. */
  readonly inFlight: number;
  /** Cut by the drain: requests at its deadline, upgraded connections at its beginning. */
  readonly cancelled: number;
  readonly waitedMs: number;
}

/**
 * Shrinks the fleet to `size`, 1 or more: those that are not healthy go first, then the newest. What goes takes no more
 * requests, is drained (up to `drainMs`), then SIGTERM, then SIGKILL after the revision's grace; answers once it is gone.
 * A fleet that is not larger, or not there, stays as it is.
 */
export interface ReduceRequest extends Fenced {
  readonly size: number;
  readonly drainMs: number;
}

/**
 * The fleet stands by until `untilMs` and is then retired by the platform itself, or by the one that follows it. A launch
 * (`PUT` of the fleet) or weight ends the standing by; retiring ends the fleet. Nothing where there is no fleet.
 */
export interface ParkRequest extends Fenced {
  readonly untilMs: number;
  readonly drainMs: number;
}

/** Drains (up to `drainMs`), then SIGTERM, then SIGKILL after the revision's grace. */
export interface RetireRequest extends Fenced {
  readonly drainMs: number;
}

export interface ShutdownRequest {
  /** `leave`: the services go on without the platform until it is started again; `stop`: they end with it. */
  readonly services: 'leave' | 'stop';
}

/** One revision in one second. Attempts, not client requests: a retried request counts on each instance it tried. */
export interface RevisionCounts {
  readonly requests: number;
  /**
   * Answers by status class, counted when they end (an upgrade counts as 2xx); `failed` had no whole answer (refused,
   * reset, timed out, cut by a drain); `aborted`: the client left before the answer began. Sums to `requests`.
   */
  readonly status: {
    readonly '2xx': number;
    readonly '3xx': number;
    readonly '4xx': number;
    readonly '5xx': number;
    readonly failed: number;
    readonly aborted: number;
  };
  /** Time until the answer's headers; of what the client gave up after a second or more, so long as it waited. */
  readonly latency: Histogram;
  /**
   * Active health checks. An instance's are counted from its first pass on, then once per interval, as failed while its process is down; the eager probing of a start is not counted.
   */
  readonly healthChecks: { readonly passed: number; readonly failed: number };
}

export interface MetricsWindow {
  /** start ÷ interval. */
  readonly number: number;
  readonly fromMs: number;
  /** A revision that is left out had neither requests nor health checks in this second. */
  readonly revisions: Readonly<Record<Digest, RevisionCounts>>;
  /** Answers that the router itself made, by reason. */
  readonly router: Readonly<Partial<Record<RouterReason, number>>>;
  /** Requests whose wait ended in this second, one way or the other; absent where none did. */
  readonly waits?: { readonly requests: number; readonly longestMs: number };
}

/** Only whole seconds are listed; a second without a running router is absent. Kept 15 minutes. */
export interface MetricsAnswer {
  readonly intervalMs: 1000;
  readonly windows: readonly MetricsWindow[];
}
