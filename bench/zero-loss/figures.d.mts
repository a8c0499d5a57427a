import type { PlatformCount } from './platform-count.mjs';
import type { LoadSums } from './load-sums.mjs';
import type { Way } from './strategies.mjs';

export interface MeasuredLane {
  readonly strategy: { readonly name: string; readonly key: string };
  readonly sums: LoadSums;
  readonly count: PlatformCount;
  readonly other: { readonly requests: number; readonly failed: number } | null;
  readonly rounds: readonly { readonly way: Way; readonly isAsExpected: boolean }[];
}

export const GOALS: Readonly<Record<string, { readonly max: number }>>;
export function figuresOf(lanes: readonly MeasuredLane[]): Readonly<Record<string, number | null>>;
export function sentenceOf(lane: MeasuredLane): string;
