/**
 * A latency histogram with a bounded relative error.
 *
 * Bucket `i` holds durations in `(FLOOR_MS × GROWTH^(i-1), FLOOR_MS × GROWTH^i]`; bucket 0 holds everything up to
 * `FLOOR_MS`. A quantile is reported as the geometric middle of its bucket, so it is off by at most
 * `sqrt(GROWTH) - 1` = 4.9 % of the value.
 */
export interface Histogram {
  /** Sparse counts: `[bucket, count]`, buckets ascending, counts above zero. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
}

const FLOOR_MS = 0.5;
const GROWTH = 1.1;
const LOG_GROWTH = Math.log(GROWTH);
/** Everything slower than about 100 s shares the last bucket. */
export const LAST_BUCKET = 128;

export const EMPTY_HISTOGRAM: Histogram = { buckets: [] };

/** The bucket that a duration falls into. */
export function bucketOf(durationMs: number): number {
  if (!(durationMs > FLOOR_MS)) return 0;
  const bucket = Math.ceil(Math.log(durationMs / FLOOR_MS) / LOG_GROWTH - 1e-9);
  return Math.min(bucket, LAST_BUCKET);
}

/** The largest duration in milliseconds that bucket `i` holds. */
export function upperBoundMs(bucket: number): number {
  return FLOOR_MS * GROWTH ** bucket;
}

/** One histogram with the counts of all. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  // A plain array by bucket: a judge merges hundreds of windows for each new one.
  const counts = new Array<number>(LAST_BUCKET + 1).fill(0);
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram.buckets) {
      counts[bucket] = (counts[bucket] ?? 0) + count;
    }
  }
  const buckets: (readonly [bucket: number, count: number])[] = [];
  counts.forEach((count, bucket) => {
    if (count > 0) buckets.push([bucket, count]);
  });
  return { buckets };
}

/** How many durations the histogram holds. */
export function histogramCount(histogram: Histogram): number {
  return histogram.buckets.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * The `q` quantile (0 < q ≤ 1) in milliseconds, off by at most 4.9 % of the value; null where nothing was counted. What is
 * faster than the floor is reported as the floor: too slow by at most 0.5 ms, never too fast.
 */
export function quantileMs(histogram: Histogram, q: number): number | null {
  const counts = new Array<number>(LAST_BUCKET + 1).fill(0);
  for (const [bucket, count] of histogram.buckets) counts[bucket] = count;
  return quantileOf(counts, q);
}

/** The same where the counts stand by bucket, one after the other. */
export function quantileOf(counts: readonly number[], q: number): number | null {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  const bucket = counts.findIndex((count) => (seen += count) >= rank);
  return middleMs(bucket);
}

function middleMs(bucket: number): number {
  return bucket === 0 ? FLOOR_MS : upperBoundMs(bucket) / Math.sqrt(GROWTH);
}
