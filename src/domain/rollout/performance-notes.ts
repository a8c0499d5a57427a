import { formatCount, formatCounted } from '../format/count';
import { formatDecimal } from '../format/decimal';
import { formatDuration, formatSeconds } from '../format/duration';
import type { PerformanceThresholds } from '../monitoring/performance';
import { earliestEndMs, expectedOfCandidate } from './expected-traffic';
import { bakesOf } from './observed-span';
import type { Step } from './plan';
import type { PlanInput } from './plan-input';

/** What is held against the candidate before it counts as live; nothing where nobody asked for it. */
export function performanceNotes(input: PlanInput, steps: readonly Step[]): readonly string[] {
  const { thresholds } = input.monitoring.performance;
  if (thresholds === null) return [];
  const limits = limitsOf(thresholds);
  const over = `${formatSeconds(thresholds.windowMs)} and ${formatCounted(thresholds.minimumRequests, 'request')}`;
  return [
    ...(limits.length === 0
      ? []
      : [`Before it is live, over at least ${over} at 100 %: ${limits.join(', ')}.`]),
    ...throughputNotes(input, thresholds),
    ...starvedNotes(input, steps, thresholds),
  ];
}

function limitsOf(thresholds: PerformanceThresholds): readonly string[] {
  const { p50Ms, p95Ms, p99Ms, throughput, errorRate, availability } = thresholds;
  const said: readonly (readonly [number | null, (limit: number) => string])[] = [
    [p50Ms, (limit) => `p50 at most ${formatDuration(limit)}`],
    [p95Ms, (limit) => `p95 at most ${formatDuration(limit)}`],
    [p99Ms, (limit) => `p99 at most ${formatDuration(limit)}`],
    [errorRate, (limit) => `errors at most ${formatDecimal(limit, 4)} %`],
    [availability, (limit) => `availability at least ${formatDecimal(limit, 4)} %`],
    [throughput.minPerMinute, (limit) => `at least ${formatCount(limit)} requests a minute`],
  ];
  return said.flatMap(([limit, words]) => (limit === null ? [] : [words(limit)]));
}

/** How much comes in is the users' doing: a service that has less already is not held to it. */
function throughputNotes(
  { trafficPerSecond, stable }: PlanInput,
  { throughput: { minPerMinute } }: PerformanceThresholds,
): readonly string[] {
  if (minPerMinute === null) return [];
  const least = formatCount(minPerMinute);
  if (stable === null || trafficPerSecond === null)
    return [`The ${least} requests a minute are held only where stable has met them.`];
  const perMinute = trafficPerSecond * 60;
  if (perMinute >= minPerMinute) return [];
  return [
    `The ${least} requests a minute will not be held: the service gets ${formatCount(perMinute)} now, and what stable does not meet is no fault of the candidate.`,
  ];
}

/** A figure rests on users' requests or on the probe's, never on both; a step that waits for requests counts them together. */
function starvedNotes(
  input: PlanInput,
  steps: readonly Step[],
  { minimumRequests }: PerformanceThresholds,
): readonly string[] {
  const step = bakesOf(steps).find(({ phase }) => phase === 'verify');
  if (step === undefined) return [];
  const { users, probes } = expectedOfCandidate(input, step);
  if (users === null || probes === 0) return [];
  const seen = (Math.max(users, probes) * earliestEndMs(step, users + probes)) / 1_000;
  if (seen >= minimumRequests) return [];
  const needed = formatCounted(minimumRequests, 'request');
  return [
    `That needs ${needed} of users, or as many of the probe, and ${step.id} sees about ${formatCount(Math.floor(seen))} by its earliest end: it may end without enough to judge performance.`,
  ];
}
