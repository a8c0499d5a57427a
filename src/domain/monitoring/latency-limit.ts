import { bucketOf, histogramCount } from '../analysis/histogram';
import type { Histogram } from '../analysis/histogram';

/**
 * Whether the quantile is surely above the limit: more answers than the quantile allows fell into buckets above the one
 * that holds the limit. The reported value is off by up to 4.9 % and can lie on the wrong side of a limit in the same
 * bucket; counted like this, a value at its limit never fails, and one above it may pass by at most 10 %.
 */
export function isQuantileBeyond(histogram: Histogram, q: number, limitMs: number): boolean {
  const total = histogramCount(histogram);
  const allowed = total - Math.max(1, Math.ceil(q * total));
  return total > 0 && countAbove(histogram, limitMs) > allowed;
}

/** How many answers were surely slower: those in the buckets above the one that holds the limit. */
export function countAbove({ buckets }: Histogram, limitMs: number): number {
  const last = bucketOf(limitMs);
  return buckets.reduce((sum, [bucket, count]) => (bucket > last ? sum + count : sum), 0);
}
