import type { Kind } from './kinds.mjs';

export interface MeasuredRun {
  readonly kind: Pick<Kind, 'key'>;
  readonly outcome: string;
  readonly offMs: number | null;
  readonly exposed: number;
  readonly afterOff: number;
  readonly wasOn: boolean;
  readonly isDisturbed: boolean;
}

export const GOALS: Readonly<Record<string, { readonly max: number }>>;
export function figuresOf(results: {
  readonly runs: readonly MeasuredRun[];
  readonly specRuns: readonly MeasuredRun[];
  readonly evaluationCpuUs: number | null;
  readonly specEvaluationCpuUs: number | null;
  readonly requests: number;
}): Readonly<Record<string, number | null>>;
