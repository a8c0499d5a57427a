import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Digest, Revision } from '../../../domain/revision';
import type { Weights } from '../../../domain/rollout/plan';
import type {
  Claim,
  FleetState,
  InstanceHealth,
  InstanceState,
} from '../../../domain/target-state';
import type { QueueResult } from '../../../ports/traffic-router';
import { GOOD_BEHAVIOUR, type Behaviour } from './behaviour';
import { endParkings } from './parking';
import type { Gap } from './gap';
import type { TrafficTimeline } from './traffic-timeline';

/** One effect on the target, in the order in which it happened. */
export interface JournalEntry {
  readonly atMs: number;
  readonly service: string;
  /** `expire`: the target retired a parked fleet by itself. */
  readonly effect:
    | 'claim'
    | 'release'
    | 'route'
    | 'ensure'
    | 'reduce'
    | 'park'
    | 'expire'
    | 'weights'
    | 'queue'
    | 'release-queue'
    | 'drain'
    | 'retire';
  readonly epoch: number;
  /** Null for claims and for what the target does by itself: they have no place in an order. */
  readonly n: number | null;
  /** True where the same write arrived a second time. */
  readonly repeat: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface MemoryInstance {
  readonly id: string;
  readonly startedAtMs: number;
  /** It has died by itself, whatever its revision is like. */
  readonly isLost: boolean;
}

export interface MemoryFleet {
  readonly revision: Revision;
  instances: readonly MemoryInstance[];
  /** Set while it stands by. */
  parkedUntilMs: number | null;
}

export interface MemoryService {
  readonly ref: ServiceRef;
  claim: Claim | null;
  /** What the current claim followed. */
  previous: Claim | null;
  /** The newest accepted write of the current claim. */
  lastWrite: { readonly n: number; readonly body: string } | null;
  port: number | null;
  weights: Weights;
  /** Set while requests wait. */
  gap: Gap | null;
  /** What the newest order to release them answered. */
  released: QueueResult;
  longestWaitMs: number;
  requestsPerSecond: number;
  launched: number;
  readonly fleets: Map<Digest, MemoryFleet>;
  readonly timeline: TrafficTimeline;
}

/** What the three ports of one memory target share. */
export interface World {
  readonly clock: () => number;
  readonly services: Map<string, MemoryService>;
  readonly behaviours: Map<Digest, Behaviour>;
  readonly journal: JournalEntry[];
  available: boolean;
}

export function behaviourOf(world: World, revision: Digest): Behaviour {
  return world.behaviours.get(revision) ?? GOOD_BEHAVIOUR;
}

/** The service, or undefined where nothing ever claimed it. Fails like a platform that is down. */
export function findService(world: World, ref: ServiceRef): MemoryService | undefined {
  if (!world.available) {
    throw new BelayError(
      'PLATFORM_UNAVAILABLE',
      'The memory target was made unavailable: its router is down and no request gets an answer.',
      { next: 'Make it available again.' },
    );
  }
  const service = world.services.get(serviceName(ref));
  if (service !== undefined) endParkings(world, service);
  return service;
}

export function fleetState(
  world: World,
  fleet: Pick<MemoryFleet, 'revision' | 'instances'>,
): FleetState {
  const behaviour = behaviourOf(world, fleet.revision.digest);
  const instances = fleet.instances.map((instance) => instanceState(world, instance, behaviour));
  return {
    revision: fleet.revision.digest,
    size: instances.length,
    healthy: instances.filter((instance) => instance.health === 'healthy').length,
    instances,
    lastLines: behaviour.healthy ? [] : behaviour.lines,
  };
}

function instanceState(
  world: World,
  instance: MemoryInstance,
  behaviour: Behaviour,
): InstanceState {
  const ageMs = world.clock() - instance.startedAtMs;
  const health = instance.isLost ? 'crashed' : healthOf(behaviour, ageMs);
  return {
    id: instance.id,
    pid: null,
    health,
    restarts: 0,
    problem: health === 'crashed' ? (behaviour.crash ?? 'killed') : problemOf(health),
  };
}

function healthOf(behaviour: Behaviour, ageMs: number): InstanceHealth {
  if (behaviour.crash !== null) return 'crashed';
  if (ageMs < behaviour.startsInMs) return 'starting';
  return behaviour.healthy ? 'healthy' : 'unhealthy';
}

function problemOf(health: InstanceHealth): string | null {
  return health === 'unhealthy' ? 'health check failed' : null;
}

export function healthyInstances(world: World, service: MemoryService, revision: Digest): number {
  const fleet = service.fleets.get(revision);
  return fleet === undefined ? 0 : fleetState(world, fleet).healthy;
}

/** The commanded weights, shared out over the revisions that can answer. */
export function observedWeights(world: World, service: MemoryService): Weights {
  const able = Object.entries(service.weights).filter(
    ([revision]) => healthyInstances(world, service, revision) > 0,
  );
  const sum = able.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(able.map(([revision, weight]) => [revision, (weight * 100) / sum]));
}
