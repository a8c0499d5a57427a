import type { FileKind } from '../../../domain/checks/inventory';
import type { Finding } from '../../../domain/checks/finding';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import type { FindingSeverity } from '../../../domain/checks/severity';

/** What a thread is started with. */
export interface ScanOrder {
  /** Absolute. */
  readonly root: string;
  readonly files: readonly ScanFile[];
  /** Index of the next file that no thread has taken, shared by all threads of the scan. */
  readonly next: Int32Array;
  readonly fingerprintKey: Uint8Array;
  /** Longer texts are skipped. */
  readonly maxTextBytes: number;
}

export interface ScanFile {
  readonly path: string;
  readonly bytes: number;
  readonly kind: FileKind;
  /** Instead of the content of a file: a text that exists only in memory. */
  readonly text: string | null;
}

/** What one thread found in the files that it took. */
export interface ScanPart {
  readonly probe: 'hit' | 'miss';
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
  /** The worst severity of findings that are left out; null: none is. */
  readonly cut: FindingSeverity | null;
}
