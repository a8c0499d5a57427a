import type { LedgerClosing, LedgerOpening, LedgerRecord } from '../domain/ledger-record';

/** One record a deployment, opened at its start and closed at its end; both may run twice. */
export interface Ledger {
  open(record: LedgerOpening): Promise<void>;
  close(deploymentId: string, closing: LedgerClosing): Promise<void>;
  find(deploymentId: string): Promise<LedgerRecord | null>;
  /** Newest first. */
  list(filter: LedgerFilter): Promise<readonly LedgerRecord[]>;
}

export interface LedgerFilter {
  readonly service: string;
  /** null: all of them. */
  readonly environment: string | null;
  /** Only what was opened at this moment (epoch ms) or later; left out: since ever. */
  readonly sinceMs?: number;
  readonly limit: number;
}
