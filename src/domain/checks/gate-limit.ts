import { GATE_METRICS, type Gate, type Measurements } from './gate';

/** What a gate's value is held against: a limit, or why there is none. */
export type GateLimit =
  | { readonly kind: 'limit'; readonly value: number }
  /** A relative gate, and the revision before has no such measurement. */
  | { readonly kind: 'nothing-before' };

/** The absolute limit; a relative one is so many percent above (or below) what was measured before. */
export function limitOf({ metric, threshold }: Gate, previous: Measurements | null): GateLimit {
  if (threshold.kind === 'absolute') return { kind: 'limit', value: threshold.value };
  const before = previous?.[metric];
  if (before === undefined || !Number.isFinite(before)) return { kind: 'nothing-before' };
  return { kind: 'limit', value: (before * (100 + threshold.changePercent)) / 100 };
}

/** Unrounded. A limit that is no number is never met. */
export function isWithin({ metric }: Pick<Gate, 'metric'>, value: number, limit: number): boolean {
  return GATE_METRICS[metric].passesWhen === 'at least' ? value >= limit : value <= limit;
}
