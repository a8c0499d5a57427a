import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Digest, Revision } from '../../../domain/revision';
import type { FleetState } from '../../../domain/target-state';
import { MEMORY_TARGET } from '../../../domain/targets/memory';
import type { Fleet, FleetOrder } from '../../../ports/fleet';
import { writeOnce } from './fence';
import { endParkings, unpark } from './parking';
import { noteRates } from './rates';
import {
  behaviourOf,
  findService,
  fleetState,
  type MemoryFleet,
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
        refuseTooMany(found, order);
        resize(world, found, order);
      });
      const fleet = service.fleets.get(revision.digest);
      return fleetState(world, fleet ?? { revision, instances: [] });
    },

    async reduce({ ref, fence, revision, size, drainMs }, signal) {
      signal.throwIfAborted();
      const detail = { revision, size, drainMs };
      const service = writeOnce(world, { ref, fence, effect: 'reduce', detail }, (found) => {
        refuseNoInstance(ref, size);
        const fleet = found.fleets.get(revision);
        if (fleet !== undefined) shrink(world, fleet, size);
      });
      const fleet = service.fleets.get(revision);
      return fleet === undefined ? noFleet(revision) : fleetState(world, fleet);
    },

    async park({ ref, fence, revision, untilMs, drainMs }, signal) {
      signal.throwIfAborted();
      const detail = { revision, untilMs, drainMs };
      const service = writeOnce(world, { ref, fence, effect: 'park', detail }, (found) => {
        refuseWeight(found, revision);
        const fleet = found.fleets.get(revision);
        if (fleet !== undefined) fleet.parkedUntilMs = untilMs;
      });
      endParkings(world, service);
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

/** Of all revisions together; a fleet that does not grow is never refused. */
function refuseTooMany(service: MemoryService, { revision, size }: FleetOrder): void {
  const sizeOf = ({ instances }: MemoryFleet): number => instances.length;
  const others = [...service.fleets.values()].filter(
    (fleet) => fleet.revision.digest !== revision.digest,
  );
  const total = others.reduce((sum, fleet) => sum + sizeOf(fleet), size);
  const known = service.fleets.get(revision.digest);
  if (total <= MEMORY_TARGET.mostInstances || size <= (known?.instances.length ?? 0)) return;
  throw new BelayError(
    'TARGET_REJECTED',
    `${serviceName(service.ref)}: this would be ${total} instances of its revisions together, at most ${MEMORY_TARGET.mostInstances} may run; nothing was changed.`,
    { next: 'Ask for fewer instances, or retire a revision first.' },
  );
}

function refuseNoInstance(ref: ServiceRef, size: number): void {
  if (size >= 1) return;
  throw new BelayError(
    'TARGET_REJECTED',
    `${serviceName(ref)}: a fleet shrinks to 1 instance or more, not to ${size}; nothing was changed.`,
    { next: 'Retire the fleet to end it.' },
  );
}

/** Those that cannot answer go first, then the newest. */
function shrink(world: World, fleet: MemoryFleet, size: number): void {
  const states = fleetState(world, fleet).instances;
  const isHealthy = (index: number): number => (states[index]?.health === 'healthy' ? 0 : 1);
  const kept = fleet.instances
    .map((instance, index) => ({ instance, index }))
    .sort((one, other) => isHealthy(one.index) - isHealthy(other.index) || one.index - other.index)
    .slice(0, size);
  fleet.instances = kept.sort((one, other) => one.index - other.index).map((each) => each.instance);
}

function noFleet(revision: Digest): FleetState {
  return { revision, size: 0, healthy: 0, instances: [], lastLines: [] };
}

function emptyFleet(revision: Revision): MemoryFleet {
  return { revision, instances: [], parkedUntilMs: null };
}

function resize(world: World, service: MemoryService, { revision, size }: FleetOrder): void {
  const fleet = service.fleets.get(revision.digest) ?? emptyFleet(revision);
  const kept = fleet.instances.slice(0, size);
  const missing = Array.from({ length: size - kept.length }, () => launch(world, service));
  fleet.instances = [...kept, ...missing];
  unpark(fleet);
  service.fleets.set(revision.digest, fleet);
}

function launch(world: World, service: MemoryService): MemoryInstance {
  service.launched += 1;
  const id = `${service.ref.service}-${service.launched}`;
  return { id, startedAtMs: world.clock(), isLost: false };
}
