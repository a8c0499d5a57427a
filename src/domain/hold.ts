import type { ServiceRef } from './deployment';
import { shortDigest, type Digest } from './revision';
import type { ServiceRecord } from './service-record';

/** Why the revision may not be deployed there, with the way out; null: it may. */
export function holdOn(ref: ServiceRef, record: ServiceRecord, revision: Digest): string | null {
  const hold = record.holds.find((one) => one.revision === revision);
  if (hold === undefined) return null;
  const name = shortDigest(revision);
  return (
    `Revision ${name} is on hold since ${new Date(hold.atMs).toISOString()} (${hold.by}: ${hold.reason}). ` +
    `No traffic was touched. Lift it with \`belay hold lift ${ref.service}/${ref.environment} ${name}\`.`
  );
}
