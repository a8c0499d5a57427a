import { formatCount, formatCounted } from '../format/count';
import { formatDuration, formatSeconds } from '../format/duration';
import { formatPercent, formatPercentAgainst } from '../format/percent';
import type { BakeLimits } from '../rollout/strategy';
import { isBuiltInMetric, type MetricUnit } from './criterion';
import { describeValue } from './describe-value';
import type { JudgeState } from './judge-state';
import { unitOf } from './measurement';
import type { Evidence } from './verdict';

/**
 * `38 of 1 204 requests failed (3.2 %, limit 2 %) in the last 60 s; stable 0.1 % of 21 340` ·
 * `custom_x is 14 % below stable (limit 10 %): 3.1 % of 2 410 against 3.6 % of 45 800, over the last 600 s`
 */
export function describeEvidence(evidence: Evidence): string {
  const said =
    evidence.comparison === 'relative-to-stable'
      ? describeRelative(evidence)
      : `${describeCandidate(evidence)} in the last ${formatSeconds(evidence.durationMs)}${describeStable(evidence)}`;
  return `${said}${describeBasis(evidence)}`;
}

/** What the step has seen, and against its limits what it still lacks. */
export function describeProgress(
  { step }: JudgeState,
  evidence: readonly Evidence[],
  goal?: { readonly limits: BakeLimits; readonly pausedMs: number },
): string {
  const watchedMs = step.observedMs - (goal?.pausedMs ?? 0);
  const answered = step.requests + step.probes;
  return [
    `watched ${formatDuration(watchedMs)}${leastOf(goal?.limits, watchedMs)}`,
    `${formatCount(answered)}${neededOf(goal?.limits, answered)} requests answered${describeProbes(step)}`,
    `${formatCount(step.errors)} failed${share(step)}`,
    ...(step.abandoned === 0 ? [] : [`${formatCount(step.abandoned)} given up by their clients`]),
    ...(step.probeErrors === 0 ? [] : [`${formatCounted(step.probeErrors, 'probe')} failed`]),
    ...evidence.filter((one) => one.state === 'shared').map(describeShared),
    ...evidence.filter((one) => one.state === 'too-few').flatMap(describeUncompared),
    ...describeAlone(evidence),
  ].join(', ');
}

/** A goal that is reached needs no name, nor one past the longest time: nothing lets such a watch advance. */
function leastOf(limits: BakeLimits | undefined, watchedMs: number): string {
  if (limits === undefined || limits.leastMs > limits.longestMs) return '';
  return watchedMs < limits.leastMs ? ` of ${formatDuration(limits.leastMs)}` : '';
}

function neededOf(limits: BakeLimits | undefined, answered: number): string {
  if (limits === undefined || answered >= limits.minimumRequests) return '';
  return ` of ${formatCount(limits.minimumRequests)}`;
}

function describeProbes({ requests, probes }: JudgeState['step']): string {
  if (probes === 0) return '';
  return requests === 0
    ? ' (probes only, no user traffic)'
    : ` (${formatCount(probes)} of them probes)`;
}

function describeCandidate(evidence: Evidence): string {
  const { metric, value, threshold, samples, unit = unitOf(metric) } = evidence;
  if (value === null) return `${metric}: nothing was counted`;
  const limit = describeValue(threshold, unit);
  if (!isBuiltInMetric(metric)) {
    const seen = describeValue(value, unit, threshold);
    return `${metric} was ${seen} (limit ${limit}) over ${formatCounted(samples, 'sample')}`;
  }
  if (unit === 'ms')
    return `${metric} was ${describeValue(value, unit)} (limit ${limit}) over ${formatCounted(samples, 'request')}`;
  const figures = `${formatPercentAgainst(value, threshold)}, limit ${limit}`;
  const bad = Math.round((samples * (metric === 'error_rate' ? value : 100 - value)) / 100);
  const things = metric === 'availability' ? 'health check' : 'request';
  const name = metric === 'error_rate' ? '' : `${metric} `;
  return `${formatCount(bad)} of ${formatCounted(samples, things)} failed (${name}${figures})`;
}

function describeStable(evidence: Evidence): string {
  const { metric, baseline, baselineSamples = 0, before, unit = unitOf(metric) } = evidence;
  if (baseline !== null)
    return `; stable ${describeValue(baseline, unit)} of ${formatCount(baselineSamples)}`;
  if (before === undefined) return '; stable: nothing to compare with';
  return `; stable before the shift: ${describeValue(before.value, unit)} of ${formatCount(before.samples)}`;
}

function describeRelative(evidence: Evidence): string {
  const { metric, value, threshold, own, baseline, durationMs } = evidence;
  const over = `over the last ${formatSeconds(durationMs)}`;
  if (value === null || own === undefined || baseline === null)
    return `${metric} cannot be compared with stable: ${evidence.reason ?? 'nothing was counted'}, ${over}`;
  const isSameSide = Math.sign(value) === Math.sign(threshold) || threshold === 0;
  const limit = `limit ${formatPercent(Math.abs(threshold))}${isSameSide ? '' : ` ${sideOf(threshold)}`}`;
  const difference = formatPercentAgainst(Math.abs(value), Math.abs(threshold));
  const arms = `${describeArm(own.value, evidence.samples, own.unit)} against ${describeArm(baseline, evidence.baselineSamples ?? 0, own.unit)}`;
  return `${metric} is ${difference} ${sideOf(value)} stable (${limit}): ${arms}, ${over}`;
}

function sideOf(percent: number): string {
  return percent < 0 ? 'below' : 'above';
}

function describeArm(value: number, samples: number, unit: MetricUnit): string {
  return `${describeValue(value, unit)} of ${formatCount(samples)}`;
}

function describeBasis({ basis, userSamples = 0 }: Evidence): string {
  if (basis !== 'probes') return '';
  return userSamples === 0
    ? ' (probes only, no user traffic)'
    : ` (probes, of users only ${formatCounted(userSamples, 'request')})`;
}

function describeShared(evidence: Evidence): string {
  return `${evidence.criterion} is beyond its limit for stable too and not held against the candidate (${describeEvidence(evidence)})`;
}

function describeUncompared({ criterion, reason }: Evidence): readonly string[] {
  return reason === undefined ? [] : [`${criterion} could not be compared: ${reason}`];
}

/** Within a limit is all that can be said where nobody knows how stable does: on a first deployment, above all. */
function describeAlone(evidence: readonly Evidence[]): readonly string[] {
  const clear = evidence.filter(({ state }) => state === 'clear');
  const isAlone = clear.every(({ baseline, before }) => baseline === null && before === undefined);
  return clear.length > 0 && isAlone ? ['nothing of stable to compare with'] : [];
}

function share({ requests, errors }: JudgeState['step']): string {
  return requests === 0 ? '' : ` (${formatPercent((100 * errors) / requests)})`;
}
