import type { Digest, Revision } from '../revision';
import type { FleetState } from '../target-state';
import type { WayBackInput } from './way-back';

/** Both fleets as they stand, and who is commanded to serve. */
export interface Scene {
  readonly input: WayBackInput;
  readonly stable: Revision;
  readonly old: Standing;
  readonly candidate: Standing;
}

export interface Standing {
  /** The target knows such a fleet, whatever is left of it. */
  readonly stands: boolean;
  readonly size: number;
  readonly healthy: number;
  /** Percent that is commanded. */
  readonly weight: number;
}

export function sceneOf(input: WayBackInput, stable: Revision): Scene {
  return {
    input,
    stable,
    old: standingOf(input, stable.digest),
    candidate: standingOf(input, input.candidate),
  };
}

/** Stable has weight and answers nobody; the candidate could. */
export function keepsCandidate({ old, candidate }: Scene): boolean {
  return old.healthy === 0 && old.weight > 0 && candidate.healthy > 0;
}

function standingOf({ fleets, traffic }: WayBackInput, revision: Digest): Standing {
  const fleet: Pick<FleetState, 'size' | 'healthy'> | undefined = fleets.find(
    (one) => one.revision === revision,
  );
  const weight = traffic.commanded[revision] ?? 0;
  if (fleet === undefined) return { stands: false, size: 0, healthy: 0, weight };
  return {
    stands: true,
    size: fleet.size,
    healthy: Math.min(fleet.healthy, fleet.size),
    weight,
  };
}
