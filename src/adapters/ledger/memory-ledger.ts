import type { LedgerRecord } from '../../domain/ledger-record';
import type { Ledger } from '../../ports/ledger';
import { belongsTo, closed, newestFirst } from '../ledger-rules';

/** Forgets with the process: for tests and simulations. */
export function createMemoryLedger(): Ledger {
  const records = new Map<string, LedgerRecord>();
  return {
    async open(opening) {
      if (!records.has(opening.deploymentId)) {
        records.set(opening.deploymentId, { ...opening, closing: null });
      }
    },
    async close(deploymentId, closing) {
      records.set(deploymentId, closed(records.get(deploymentId) ?? null, deploymentId, closing));
    },
    async find(deploymentId) {
      return records.get(deploymentId) ?? null;
    },
    async list(filter) {
      const found = [...records.values()].filter((record) => belongsTo(record, filter));
      return found.sort(newestFirst).slice(0, filter.limit);
    },
  };
}
