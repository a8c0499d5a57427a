import { BelayError } from '../domain/errors';
import type { LedgerClosing, LedgerRecord } from '../domain/ledger-record';
import type { LedgerFilter } from '../ports/ledger';

/** The newest closing counts, so that a rebuilt record can take the place of a poorer one. */
export function closed(
  record: LedgerRecord | null,
  deploymentId: string,
  closing: LedgerClosing,
): LedgerRecord {
  if (record === null) {
    throw new BelayError(
      'DEPLOYMENT_NOT_FOUND',
      `The ledger has no record of ${deploymentId} to close; traffic does not depend on it.`,
      { next: 'Open the record first.' },
    );
  }
  return { ...record, closing };
}

export function newestFirst(a: LedgerRecord, b: LedgerRecord): number {
  return b.openedAtMs - a.openedAtMs || compareText(b.deploymentId, a.deploymentId);
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function belongsTo(record: LedgerRecord, filter: LedgerFilter): boolean {
  return (
    record.service === filter.service &&
    (filter.environment === null || record.environment === filter.environment) &&
    record.openedAtMs >= (filter.sinceMs ?? 0)
  );
}
