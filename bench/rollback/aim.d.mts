import type { Moment } from './moments.mjs';

export interface Aim {
  readonly startAtMs: number;
  readonly promote: { readonly atMs: number; readonly everyMs: number } | null;
}

export function aim(options: {
  readonly moment: Moment;
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly cliMs: number;
  readonly random: () => number;
}): Aim;
