import { serviceName } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Digest } from '../../../domain/revision';
import type { Fleet, FleetOrder } from '../../../ports/fleet';
import { writeOnce } from './fence';
import { noteRates } from './rates';
import {
  behaviourOf,
  findService,
  fleetState,
  type MemoryInstance,
  type MemoryService,
  type World,
} from './world';

export function memoryFleet(world: World): Fleet {
  return {
    async ensure(order, signal) {
      signal.throwIfAborted();
      const { ref, fence, revision, size, token } = order;
      const detail = { revision: revision.digest, size, token };
      const service = writeOnce(world, { ref, fence, effect: 'ensure', detail }, (found) => {
        if (size === 0) refuseWeight(found, revision.digest);
        resize(world, found, order);
      });
      const fleet = service.fleets.get(revision.digest);
      return fleetState(world, fleet ?? { revision, instances: [] });
    },

    async describe(ref, signal) {
      signal.throwIfAborted();
      const service = findService(world, ref);
      if (service === undefined) return [];
      // An instance becomes healthy by the clock alone; noted here, because a memory target has no timers.
      noteRates(world, service);
      return [...service.fleets.values()].map((fleet) => fleetState(world, fleet));
    },

    async retire({ ref, fence, revision }, signal) {
      signal.throwIfAborted();
      writeOnce(world, { ref, fence, effect: 'retire', detail: { revision } }, (service) => {
        refuseWeight(service, revision);
        service.fleets.delete(revision);
      });
    },

    async logs({ ref, revision, lines }, signal) {
      signal.throwIfAborted();
      const fleet = findService(world, ref)?.fleets.get(revision);
      const instance = fleet?.instances[0]?.id;
      if (instance === undefined || lines <= 0) return [];
      const written = behaviourOf(world, revision).lines;
      return written.slice(-lines).map((line) => ({ instance, line }));
    },
  };
}

/** Nothing with weight is scaled to zero. */
export function refuseWeight(service: MemoryService, revision: Digest): void {
  const weight = service.weights[revision] ?? 0;
  if (weight === 0) return;
  throw new BelayError(
    'HAS_WEIGHT',
    `${serviceName(service.ref)}: the revision still has ${weight} % of the traffic and keeps serving it; nothing was changed.`,
    { next: 'Give its weight to another revision first.', details: { revision } },
  );
}

function resize(world: World, service: MemoryService, { revision, size }: FleetOrder): void {
  const fleet = service.fleets.get(revision.digest) ?? { revision, instances: [] };
  const kept = fleet.instances.slice(0, size);
  const missing = Array.from({ length: size - kept.length }, () => launch(world, service));
  fleet.instances = [...kept, ...missing];
  service.fleets.set(revision.digest, fleet);
}

function launch(world: World, service: MemoryService): MemoryInstance {
  service.launched += 1;
  return { id: `${service.ref.service}-${service.launched}`, startedAtMs: world.clock() };
}
