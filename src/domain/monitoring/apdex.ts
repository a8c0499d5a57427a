import { bucketOf, histogramCount, mergeHistograms } from '../analysis/histogram';
import type { Histogram } from '../analysis/histogram';
import type { Measurement } from '../analysis/measurement';
import type { ArmWindow } from '../analysis/window';

/** Tolerating reaches to four times the target. */
const TOLERATING = 4;

/**
 * The Application Performance Index (apdex.org), 0 to 1: (satisfied + tolerating ÷ 2) ÷ all. Satisfied answers took at
 * most `targetMs`, tolerating ones at most four times that; all others and all errors are frustrated.
 *
 * The histogram does not say which of its answers were errors: they are taken out of the fastest, so that the index is
 * never flattered. An answer in the bucket that holds a limit counts as within it: up to 10 % slower than the limit.
 * Null where nothing was counted, or where the latency of no good answer is known.
 */
export function measureApdex(
  windows: readonly Pick<ArmWindow, 'requests' | 'errors' | 'latency'>[],
  targetMs: number,
): Measurement {
  const requests = windows.reduce((sum, window) => sum + window.requests, 0);
  const errors = windows.reduce((sum, window) => sum + window.errors, 0);
  const latency = mergeHistograms(windows.map((window) => window.latency));
  const answered = histogramCount(latency);
  if (answered === 0 && requests > errors) return { value: null, samples: 0 };
  const answeredErrors = Math.min(errors, Math.max(0, answered - (requests - errors)));
  const samples = answered + errors - answeredErrors;
  if (samples === 0) return { value: null, samples: 0 };
  const satisfied = countUpTo(latency, targetMs);
  const tolerating = countUpTo(latency, TOLERATING * targetMs) - satisfied;
  const spared = Math.max(0, answeredErrors - satisfied);
  const good = Math.max(0, satisfied - answeredErrors) + Math.max(0, tolerating - spared) / 2;
  return { value: good / samples, samples };
}

function countUpTo({ buckets }: Histogram, limitMs: number): number {
  const last = bucketOf(limitMs);
  return buckets.reduce((sum, [bucket, count]) => (bucket <= last ? sum + count : sum), 0);
}
