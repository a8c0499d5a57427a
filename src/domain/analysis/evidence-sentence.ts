import { formatCount, formatCounted } from '../format/count';
import { formatDuration, formatSeconds } from '../format/duration';
import { formatPercent, formatPercentAgainst } from '../format/percent';
import type { BakeLimits } from '../rollout/strategy';
import type { JudgeState } from './judge-state';
import { unitOf } from './measurement';
import type { Evidence } from './verdict';

/** `38 of 1 204 requests failed (3.2 %, limit 2 %) in the last 60 s; stable 0.1 % of 21 340`. */
export function describeEvidence(evidence: Evidence): string {
  return `${describeCandidate(evidence)} in the last ${formatSeconds(evidence.durationMs)}${describeStable(evidence)}`;
}

/** What the step has seen, and against its limits what it still lacks. */
export function describeProgress(
  { step }: JudgeState,
  evidence: readonly Evidence[],
  goal?: { readonly limits: BakeLimits; readonly pausedMs: number },
): string {
  const watched = formatDuration(step.observedMs - (goal?.pausedMs ?? 0));
  const needed = goal === undefined ? '' : ` of ${formatCount(goal.limits.minimumRequests)}`;
  return [
    `watched ${watched}${leastOf(goal?.limits)}`,
    `${formatCount(step.requests)}${needed} requests answered`,
    `${formatCount(step.errors)} failed${share(step)}`,
    ...evidence.filter((one) => one.state === 'shared').map(describeShared),
  ].join(', ');
}

/** A least time past the longest means that nothing lets this watch advance: no goal to name. */
function leastOf(limits: BakeLimits | undefined): string {
  if (limits === undefined || limits.leastMs > limits.longestMs) return '';
  return ` of ${formatDuration(limits.leastMs)}`;
}

function describeCandidate(evidence: Evidence): string {
  const { metric, value, threshold, samples } = evidence;
  if (value === null) return `${metric}: nothing was counted`;
  if (unitOf(metric) === 'ms') {
    const limit = formatCount(threshold);
    return `${metric} was ${formatCount(value)} ms (limit ${limit} ms) over ${formatCounted(samples, 'request')}`;
  }
  const figures = `${formatPercentAgainst(value, threshold)}, limit ${formatPercent(threshold)}`;
  const bad = Math.round((samples * (metric === 'error_rate' ? value : 100 - value)) / 100);
  const things = metric === 'availability' ? 'health check' : 'request';
  const name = metric === 'error_rate' ? '' : `${metric} `;
  return `${formatCount(bad)} of ${formatCounted(samples, things)} failed (${name}${figures})`;
}

function describeStable({ metric, baseline, baselineSamples = 0 }: Evidence): string {
  if (baseline === null) return '; stable: nothing to compare with';
  const value = unitOf(metric) === 'ms' ? `${formatCount(baseline)} ms` : formatPercent(baseline);
  return `; stable ${value} of ${formatCount(baselineSamples)}`;
}

function describeShared(evidence: Evidence): string {
  return `${evidence.criterion} is beyond its limit for stable too and not held against the candidate (${describeEvidence(evidence)})`;
}

function share({ requests, errors }: JudgeState['step']): string {
  return requests === 0 ? '' : ` (${formatPercent((100 * errors) / requests)})`;
}
