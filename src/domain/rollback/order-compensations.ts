import { canonicalJson } from '../canonical-json';
import type { Compensation } from '../rollout/plan';

/** Traffic leaves first: what still gets requests is never scaled down. */
const CLASSES = [
  'weights',
  'capacity',
  'scaling',
] as const satisfies readonly Compensation['class'][];

/**
 * The way back: by class, last registered first inside a class, the same compensation once. Every step registers
 * before it acts, so a repeated one means the same effect.
 */
export function orderCompensations(registered: readonly Compensation[]): readonly Compensation[] {
  const backwards = [...registered].reverse();
  const once = new Map<string, Compensation>();
  for (const compensation of backwards) {
    const key = canonicalJson(compensation);
    if (!once.has(key)) once.set(key, compensation);
  }
  return CLASSES.flatMap((one) => [...once.values()].filter((known) => known.class === one));
}
