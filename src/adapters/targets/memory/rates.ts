import type { Digest } from '../../../domain/revision';
import type { InstanceHealth } from '../../../domain/target-state';
import { changeRates, type RevisionRates } from './traffic-timeline';
import { behaviourOf, fleetState, observedWeights, type MemoryService, type World } from './world';

/** Writes down what every revision gets from now on; called after everything that may change it. */
export function noteRates(world: World, service: MemoryService): void {
  const rates = world.available ? currentRates(world, service) : null;
  changeRates(service.timeline, world.clock(), rates);
}

/** One that still starts has never passed a check, and counts as neither. */
const UNAVAILABLE: ReadonlySet<InstanceHealth> = new Set(['unhealthy', 'crashed']);

function currentRates(world: World, service: MemoryService): ReadonlyMap<Digest, RevisionRates> {
  const observed = observedWeights(world, service);
  // Who waits is no request of any revision yet.
  const arriving = service.gap === null ? service.requestsPerSecond : 0;
  return new Map(
    [...service.fleets].map(([revision, fleet]) => {
      const behaviour = behaviourOf(world, revision);
      const requests = (arriving * (observed[revision] ?? 0)) / 100;
      const { healthy, instances } = fleetState(world, fleet);
      const failed = instances.filter(({ health }) => UNAVAILABLE.has(health));
      return [
        revision,
        {
          requests,
          errors: requests * behaviour.errorRate,
          latencyMs: behaviour.latencyMs,
          passedChecks: healthy,
          failedChecks: failed.length,
        },
      ];
    }),
  );
}
