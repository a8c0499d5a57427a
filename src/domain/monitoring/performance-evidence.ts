import { formatCount, formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import type { Basis } from './on-probes';
import type { PerformanceThresholds } from './performance';
import type { PerformanceTotals } from './performance-totals';

/** Users' requests; probes only where users sent too few and probes are enough. */
export function basisOf(
  { minimumRequests }: PerformanceThresholds,
  { userRequests, probeRequests }: PerformanceTotals,
): Basis {
  return userRequests < minimumRequests && probeRequests >= Math.max(1, minimumRequests)
    ? 'probes'
    : 'users';
}

/** What is still missing before anything can be judged, as half a sentence; null: nothing. */
export function missingEvidence(
  thresholds: PerformanceThresholds,
  totals: PerformanceTotals,
): string | null {
  const { windowMs, minimumRequests } = thresholds;
  const { observedMs, unbrokenMs, userRequests, probeRequests } = totals;
  if (observedMs === 0) return 'nobody has watched the candidate';
  if (unbrokenMs < windowMs) {
    return `${formatDuration(unbrokenMs)} of ${formatDuration(windowMs)} were observed without a gap`;
  }
  const seen = Math.max(userRequests, probeRequests);
  if (seen >= Math.max(1, minimumRequests)) return null;
  const things = userRequests >= probeRequests ? 'request' : 'probe';
  return `${formatCounted(seen, things)} of ${formatCount(Math.max(1, minimumRequests))} in ${formatDuration(observedMs)}`;
}
