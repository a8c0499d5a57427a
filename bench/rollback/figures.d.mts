import type { Moment } from './moments.mjs';

export interface Measured {
  readonly moment: Moment;
  readonly rollbackMs: number;
  readonly revision: string;
  readonly startedAtMs: number;
}

export const GOALS: Readonly<Record<string, { readonly max: number }>>;
export function figuresOf(results: {
  readonly measured: readonly Measured[];
  readonly load: {
    readonly requests: number;
    readonly failedByRouter: number | null;
    readonly lastStartMs: ReadonlyMap<string, number>;
  };
  readonly complete: boolean;
}): Readonly<Record<string, number | null>>;
export function percentile(values: readonly number[], percent: number): number | null;
