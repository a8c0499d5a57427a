import type { LoadRecord } from '../../tools/load/load.mjs';

export interface LoadSums {
  requests: number;
  readonly failures: LoadRecord[];
  readonly kinds: Record<string, { requests: number; failed: number; longestMs: number }>;
}

export function emptySums(): LoadSums;
export function addRecord(sums: LoadSums, record: LoadRecord): void;
