import type { Finding } from '../../../domain/checks/finding';

/** What the thread is started with. */
export interface ScanOrder {
  readonly root: string;
  readonly files: readonly ScanFile[];
  /** Texts above this are not scanned. */
  readonly maxTextBytes: number;
}

export interface ScanFile {
  readonly path: string;
  readonly bytes: number;
}

/** What the thread says. */
export type ScanMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly path: string }
  | { readonly kind: 'result'; readonly result: ScanResult };

export interface ScanResult {
  readonly probe: 'hit' | 'miss';
  readonly covered: number;
  readonly skipped: readonly SkippedFile[];
  readonly findings: readonly Finding[];
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
  /** Binary files hold no text rules apply to: they leave the denominator of the coverage. */
  readonly applicable: boolean;
}
