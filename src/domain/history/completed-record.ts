import type { LedgerClosing, LedgerOpening, LedgerRecord } from '../ledger-record';

/** What was written before these fields were known says that there was nothing of the kind. */
const OPENING_DEFAULTS = { restores: null };
const CLOSING_DEFAULTS = { decisions: [], undone: [], rollback: null };

/** A record as this version or an earlier one wrote it. */
export function completedRecord({ closing, ...opening }: LedgerRecord): LedgerRecord {
  return {
    ...completedOpening(opening),
    closing: closing === null ? null : completedClosing(closing),
  };
}

export function completedOpening(opening: LedgerOpening): LedgerOpening {
  return { ...OPENING_DEFAULTS, ...opening };
}

export function completedClosing(closing: LedgerClosing): LedgerClosing {
  return { ...CLOSING_DEFAULTS, ...closing };
}
