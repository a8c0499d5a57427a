import type { DemoStatus } from './tally.mjs';

export interface Frame {
  readonly lines: readonly string[];
  readonly line: string;
  readonly key: string;
}

export function frameOf(state: {
  readonly scenarios: readonly { readonly name: string }[];
  readonly played: readonly { readonly name: string; readonly status: DemoStatus }[];
  readonly current: { readonly name: string; readonly status: DemoStatus | null } | null;
  readonly counts: { readonly requests: number; readonly failed: number };
}): Frame | null;
