import type { ScannerName } from './catalog';
import type { Finding } from './finding';

/**
 * `completed`: it looked at everything and found its known-bad probe. `not-applicable`: the inventory holds nothing for
 * it, or the configuration switched it off. Everything else is no answer: the deployment is blocked.
 */
export const SCAN_STATUSES = [
  'completed',
  'partial',
  'failed',
  'timed-out',
  'unavailable',
  'not-applicable',
] as const;

export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** What one scanner did. */
export interface ScanReport {
  readonly scanner: ScannerName;
  readonly status: ScanStatus;
  /** Why it is not `completed`, as a sentence; null where it is. */
  readonly reason: string | null;
  readonly tool: ToolIdentity;
  /** Targets it looked at, of those that it had to look at: files, components, resources, layers. */
  readonly covered: number;
  readonly total: number;
  readonly skipped: readonly SkippedTarget[];
  /** Whether the known-bad probe was found; `none` only where nothing was looked at. */
  readonly probe: 'hit' | 'miss' | 'none';
  readonly findings: readonly Finding[];
  readonly durationMs: number;
  /** The result of an earlier run over the same content, policy and tool. */
  readonly cached: boolean;
}

export interface ToolIdentity {
  readonly name: string;
  readonly version: string;
  /** Changes whenever the rules do. */
  readonly rules: string;
  /** When the data that it compares with was last updated, epoch ms; null where it has none. */
  readonly dataUpdatedAtMs: number | null;
  /** Which data: an address without credentials or a path; null where it has none. */
  readonly dataSource: string | null;
}

export interface SkippedTarget {
  readonly target: string;
  readonly reason: string;
  /** `true`: the rules do not apply to it (a binary file for text rules), and it is no part of {@link ScanReport.total}. */
  readonly allowed: boolean;
}
