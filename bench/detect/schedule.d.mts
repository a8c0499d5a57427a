import type { Criteria } from './criteria.mjs';
import type { Kind } from './kinds.mjs';

export interface Planned {
  readonly label: string;
  readonly kind: Kind;
  readonly criteria: Criteria;
  readonly seed: number;
}

export function scheduleOf(counts: {
  readonly runs: number;
  readonly specRuns: number;
}): readonly Planned[];
