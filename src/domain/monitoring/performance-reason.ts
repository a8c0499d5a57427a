import { formatCount, formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { formatPercent } from '../format/percent';
import { describeMetric, describeSamples, describeStable } from './describe-performance';
import type { PerformanceMetric, PerformanceResult } from './performance';
import { basisOf } from './performance-evidence';
import type { PerformanceScene } from './performance-scene';
import { fewestToTell } from './single-failure';
import { whyOnlyReported } from './throughput-metric';

export interface Judged extends PerformanceScene {
  readonly metrics: readonly PerformanceMetric[];
  /** What is missing before anything can be judged; null: nothing. */
  readonly missing: string | null;
}

/** One sentence: what was seen, of how many, against what limit, for how long. */
export function reasonFor(verdict: PerformanceResult['verdict'], judged: Judged): string {
  switch (verdict) {
    case 'failed':
      return `${describeFailure(judged)}.`;
    case 'no-data':
      return `Not enough was seen to judge: ${judged.missing ?? describeUnseen(judged)}.`;
    case 'passed':
      return `${describeSuccess(judged)}.`;
  }
}

/** The first failed threshold in full, the others counted. */
function describeFailure(judged: Judged): string {
  const [first, ...others] = judged.metrics.filter(({ state }) => state === 'beyond');
  if (first === undefined) return 'Nothing is beyond a limit';
  const more =
    others.length === 0 ? [] : [`${formatCounted(others.length, 'other threshold')} missed too`];
  return [
    `${describeMetric(first)}${describeSamples(first)} in ${formatDuration(judged.totals.observedMs)}`,
    ...describeStable(first),
    ...more,
    ...basisNote(judged),
  ].join('; ');
}

function describeUnseen({ metrics }: Judged): string {
  const unseen = metrics.find(({ state }) => state === 'no-data');
  if (unseen === undefined) return 'nothing was counted';
  const { metric, limit, samples, value } = unseen;
  if (value === null || (metric !== 'error_rate' && metric !== 'availability')) {
    return `nothing was seen of ${metric}`;
  }
  const things = metric === 'availability' ? 'health check' : 'request';
  const needed = formatCounted(fewestToTell(metric, limit), things);
  return `1 of ${formatCounted(samples, things)} failed, and a limit of ${formatPercent(limit ?? 0)} takes ${needed} to tell`;
}

function describeSuccess(judged: Judged): string {
  const { metrics, totals, thresholds } = judged;
  const within = metrics.filter(({ state }) => state === 'within');
  const isUsers = basisOf(thresholds, totals) === 'users';
  const requests = isUsers
    ? formatCounted(totals.userRequests, 'request')
    : formatCounted(totals.probeRequests, 'probe');
  const kept =
    within.length === 0
      ? 'Nothing was held against a limit'
      : `Within ${within.length === 1 ? 'its limit' : `all ${within.length} limits`}`;
  return [
    `${kept} over ${requests} in ${formatDuration(totals.observedMs)}${listOf(within)}`,
    ...metrics.filter(({ state }) => state === 'shared').map(describeShared),
    ...metrics.flatMap((metric) => whyOnlyReported(metric) ?? []),
    ...targetNote(judged),
    ...(within.some(isNearLimit) ? [NEAR_LIMIT] : []),
    ...basisNote(judged),
  ].join('; ');
}

function listOf(within: readonly PerformanceMetric[]): string {
  return within.length === 0
    ? ''
    : `: ${within.map((metric) => describeMetric(metric)).join(', ')}`;
}

function describeShared(metric: PerformanceMetric): string {
  const stable = describeStable(metric).map((text) => `, ${text}`);
  return `${describeMetric(metric)}${stable.join('')}, is not held against the candidate: stable missed that limit too`;
}

function targetNote({ metrics, thresholds }: Judged): readonly string[] {
  const target = thresholds.throughput.targetPerMinute;
  const value = metrics.find(({ metric }) => metric === 'throughput')?.value ?? null;
  if (target === null || value === null) return [];
  return [`throughput ${formatCount(value)} a minute, target ${formatCount(target)}`];
}

const NEAR_LIMIT = 'a latency that the histogram cannot tell from its limit is within it';

function isNearLimit({ unit, value, limit }: PerformanceMetric): boolean {
  return unit === 'ms' && value !== null && limit !== null && value > limit;
}

function basisNote({ thresholds, totals }: Judged): readonly string[] {
  return basisOf(thresholds, totals) === 'users' ? [] : ['probes only, no user traffic'];
}
