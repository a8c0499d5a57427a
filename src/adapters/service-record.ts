import type { Digest } from '../domain/revision';
import { canonicalJson } from '../domain/canonical-json';
import type { Hold, ServiceRecord, StableEntry, WarmEntry } from '../domain/service-record';

/** One change of what an environment serves or refuses. */
export type RecordChange =
  | { readonly change: 'stable'; readonly entry: StableEntry | null }
  | { readonly change: 'warm'; readonly entry: WarmEntry | null }
  | { readonly change: 'hold'; readonly hold: Hold }
  | { readonly change: 'lift'; readonly revision: Digest };

export const EMPTY_RECORD: ServiceRecord = { stable: null, holds: [], warm: null };

/** A revision has at most one hold: a newer one takes the place of the older. */
export function applyChange(record: ServiceRecord, change: RecordChange): ServiceRecord {
  switch (change.change) {
    case 'stable':
      return { ...record, stable: change.entry === null ? null : sized(change.entry) };
    case 'warm':
      return { ...record, warm: change.entry };
    case 'hold':
      return { ...record, holds: [...without(record.holds, change.hold.revision), change.hold] };
    case 'lift':
      return { ...record, holds: without(record.holds, change.revision) };
  }
}

/** An entry of an older version does not say on how many instances it ran. */
function sized(entry: StableEntry | Omit<StableEntry, 'instances'>): StableEntry {
  return { instances: 1, ...entry };
}

export function changesNothing(record: ServiceRecord, change: RecordChange): boolean {
  return canonicalJson(applyChange(record, change)) === canonicalJson(record);
}

export function hasHold(record: ServiceRecord, revision: Digest): boolean {
  return record.holds.some((hold) => hold.revision === revision);
}

function without(holds: readonly Hold[], revision: Digest): readonly Hold[] {
  return holds.filter((hold) => hold.revision !== revision);
}
