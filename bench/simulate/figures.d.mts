import type { SeedReport } from '../../test/support/simulator/seed-report.js';

export function goalsOf(runs: number): Readonly<Record<string, { readonly max: number }>>;
export function figuresOf(
  reports: readonly SeedReport[],
  elapsedMs: number,
): Readonly<Record<string, number>>;
