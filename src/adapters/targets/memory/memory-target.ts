import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Digest } from '../../../domain/revision';
import type { Fleet } from '../../../ports/fleet';
import type { MetricSource } from '../../../ports/metric-source';
import type { TrafficRouter } from '../../../ports/traffic-router';
import type { Behaviour } from './behaviour';
import { changeArrivals, gapResult, NO_GAP } from './gap';
import { memoryFleet } from './memory-fleet';
import { memoryMetrics } from './memory-metrics';
import { memoryRouter } from './memory-router';
import { noteRates } from './rates';
import { behaviourOf, type JournalEntry, type MemoryInstance, type World } from './world';

export type { Behaviour } from './behaviour';
export type { JournalEntry } from './world';

export interface MemoryTargetOptions {
  /** Epoch ms. The target has no timers: all that depends on time is worked out when it is asked for. */
  readonly clock: () => number;
}

/** A target in memory under the rules of the local platform, and the hooks of those who test with it. */
export interface MemoryTarget {
  readonly fleet: Fleet;
  readonly router: TrafficRouter;
  readonly metrics: MetricSource;
  /** Every accepted effect, oldest first. */
  readonly journal: readonly JournalEntry[];
  /** From now on the revision behaves like this; may come before the revision exists. */
  behave(revision: Digest, change: Partial<Behaviour>): void;
  /** So many of its running instances die by themselves, the oldest first. */
  lose(revision: Digest, instances: number): void;
  /** A supervisor has started again what was lost. */
  mend(revision: Digest): void;
  /** From now on so many requests a second arrive. The service must have been claimed. */
  setTraffic(ref: ServiceRef, requestsPerSecond: number): void;
  /** How long the longest wait of a request has been, over all gaps of the service, the running one included. */
  longestWaitMs(ref: ServiceRef): number;
  /** While it is unavailable every call fails as against a dead platform, and no window is observed. */
  setAvailable(available: 'up' | 'down'): void;
}

export function createMemoryTarget({ clock }: MemoryTargetOptions): MemoryTarget {
  const world: World = {
    clock,
    services: new Map(),
    behaviours: new Map(),
    journal: [],
    available: true,
  };
  const noteAll = (): void => world.services.forEach((service) => noteRates(world, service));
  const changeInstances = (
    revision: Digest,
    change: (instance: MemoryInstance, index: number) => MemoryInstance,
  ): void => {
    for (const { fleets } of world.services.values()) {
      const fleet = fleets.get(revision);
      if (fleet !== undefined) fleet.instances = fleet.instances.map(change);
    }
    noteAll();
  };
  return {
    fleet: memoryFleet(world),
    router: memoryRouter(world),
    metrics: memoryMetrics(world),
    journal: world.journal,
    behave(revision, change) {
      world.behaviours.set(revision, { ...behaviourOf(world, revision), ...change });
      noteAll();
    },
    lose(revision, instances) {
      changeInstances(revision, (instance, index) => ({ ...instance, isLost: index < instances }));
    },
    mend(revision) {
      changeInstances(revision, (instance) => ({ ...instance, isLost: false }));
    },
    setTraffic(ref, requestsPerSecond) {
      const service = world.services.get(serviceName(ref));
      if (service === undefined) {
        throw new BelayError(
          'USAGE',
          `${serviceName(ref)} was never claimed, so no request can reach it.`,
        );
      }
      service.requestsPerSecond = requestsPerSecond;
      if (service.gap !== null) changeArrivals(service.gap, clock(), requestsPerSecond);
      noteRates(world, service);
    },
    longestWaitMs(ref) {
      const service = world.services.get(serviceName(ref));
      if (service === undefined) return 0;
      const running = service.gap === null ? NO_GAP : gapResult(service.gap, clock());
      return Math.max(service.longestWaitMs, running.longestMs);
    },
    setAvailable(available) {
      world.available = available === 'up';
      noteAll();
    },
  };
}
