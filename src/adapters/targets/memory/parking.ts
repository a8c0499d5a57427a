import { serviceName } from '../../../domain/deployment';
import type { MemoryFleet, MemoryService, World } from './world';

/** Retires what has stood by for long enough; a memory target has no timers, so it is worked out at the next look. */
export function endParkings(world: World, service: MemoryService): void {
  for (const [revision, { parkedUntilMs }] of service.fleets) {
    if (parkedUntilMs === null || parkedUntilMs > world.clock()) continue;
    service.fleets.delete(revision);
    world.journal.push({
      atMs: parkedUntilMs,
      service: serviceName(service.ref),
      effect: 'expire',
      epoch: service.claim?.epoch ?? 0,
      n: null,
      repeat: false,
      detail: { revision },
    });
  }
}

/** Whoever has weight stands by no longer. */
export function unpark(fleet: MemoryFleet | undefined): void {
  if (fleet !== undefined) fleet.parkedUntilMs = null;
}
