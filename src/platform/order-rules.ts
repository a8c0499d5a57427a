import { isDeepStrictEqual } from 'node:util';
import { type Digest, shortDigest } from '../domain/revision';
import { LOCAL_TARGET } from '../domain/targets/local';
import { PlatformError } from './platform-error';
import type { Traffic } from './router/traffic';
import type { FleetSpec } from './state/platform-state';
import type { Fleet } from './supervisor/fleet';
import { filesOf } from './supervisor/instance';
import { readSecrets, refuseExposedSecrets } from './supervisor/instance-environment';
import type { Supervision } from './supervisor/supervision';

/** No weight on a revision that has no healthy instance. */
export function refuseWeights(
  weights: Readonly<Record<Digest, number>>,
  fleetOf: (revision: Digest) => Fleet | undefined,
): void {
  for (const [revision, weight] of Object.entries(weights)) {
    const fleet = fleetOf(revision);
    if (weight === 0 || (fleet !== undefined && fleet.healthy > 0)) continue;
    const what =
      fleet === undefined ? 'has no fleet' : `has no healthy instance (${fleet.wantedSize} wanted)`;
    throw new PlatformError(
      'NO_HEALTHY_INSTANCE',
      `Revision ${shortDigest(revision)} ${what}; the weights stay as they were. Wait until it is healthy, or send the traffic elsewhere.`,
      { revision },
    );
  }
}

/** Nothing that still has weight is drained, retired or shrunk to nothing. */
export function refuseWeightOn(traffic: Traffic, revision: Digest): void {
  const weight = traffic.weightOf(revision);
  if (weight === 0) return;
  throw new PlatformError(
    'HAS_WEIGHT',
    `Revision ${shortDigest(revision)} still has weight ${weight}; it goes on serving. Move its weight first.`,
    { revision, weight },
  );
}

export interface FleetChange {
  readonly supervision: Supervision;
  readonly known: Fleet | undefined;
  readonly revision: Digest;
  readonly size: number;
  readonly spec: FleetSpec;
  /** Instances that the other revisions of the service are to have. */
  readonly others: number;
}

/** A fleet must be startable, not too large, keep what its revision is, and keep an instance while it has weight. */
export function refuseFleet(change: FleetChange): void {
  const { supervision, known, revision, size, spec } = change;
  if (known !== undefined && !isDeepStrictEqual(known.spec, spec)) {
    throw new PlatformError(
      'BAD_REQUEST',
      `Revision ${shortDigest(revision)} already runs in another way, and a revision never changes; nothing was changed.`,
    );
  }
  if (size === 0) return refuseWeightOn(supervision.traffic, revision);
  refuseTooMany(change);
  filesOf(supervision.home, spec.artifact);
  const secrets = { ...supervision, secrets: spec.secrets };
  readSecrets(secrets);
  // Only before a revision's first start: the way back to one that served must not fail at a file's mode.
  if (known === undefined) refuseExposedSecrets(secrets);
}

/** A fleet that does not grow is never refused: the way back must not fail at a bound that came later. */
function refuseTooMany({ known, revision, size, others }: FleetChange): void {
  const { mostInstances } = LOCAL_TARGET;
  const total = size + others;
  if (total <= mostInstances || size <= (known?.wantedSize ?? 0)) return;
  throw new PlatformError(
    'TOO_MANY_INSTANCES',
    `${size} instances of ${shortDigest(revision)} and ${others} of other revisions are ${total} together; a service has at most ${mostInstances} here. Nothing was started.`,
    { size, others, mostInstances },
  );
}
