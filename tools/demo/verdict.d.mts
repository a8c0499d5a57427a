import type { Figures, Played } from './tally.mjs';

export function faultsOf(run: {
  readonly scenarios: readonly { readonly name: string; readonly expected: string }[];
  readonly figures: Figures;
  readonly played: readonly (Played & { readonly trouble: string | null })[];
  readonly trouble: Error | null;
}): readonly string[];
export function exitCodeOf(faults: readonly string[], trouble: Error | null): number;
