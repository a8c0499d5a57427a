import type { LoadRecord } from '../../tools/load/load.mjs';

export const SLOW_MS: number;
export function isFaulty(record: LoadRecord): boolean;
export function lateMs(record: Pick<LoadRecord, 'dueAtMs' | 'startedAtMs'>): number;
export function exposureOf(
  faulty: readonly LoadRecord[],
  run: {
    readonly revision: string;
    readonly onAtMs: number;
    readonly offAtMs: number | null;
    readonly endedAtMs: number;
    readonly exitAtMs: number | null;
  },
): { readonly firstAtMs: number | null; readonly exposed: number; readonly afterOff: number };
export function longestOfHost(
  faulty: readonly LoadRecord[],
  during: { readonly stable: string | null; readonly fromMs: number; readonly toMs: number },
): number;
