import { LAST_BUCKET, type Histogram } from './histogram';
import type { ArmWindow, ProbeCounts, Window } from './window';

/** Why something cannot be used. */
export interface Unsound {
  readonly reason: string;
  /** Where in time it lies; null: nobody can tell. */
  readonly number: number | null;
}

/** The window as it is, or why it counts as a gap: nothing in it is believed where one figure cannot be true. */
export function soundWindow(window: Window): Window | Unsound {
  const misplaced = whyMisplaced(window);
  if (misplaced !== null) return { reason: misplaced, number: null };
  const reason = whyUntrue(window);
  return reason === null ? window : { reason, number: window.number };
}

export function isUnsound(checked: object): checked is Unsound {
  return 'reason' in checked;
}

/** Whether number, start and length of a window fit together. Also of a reading's. */
export function whyMisplaced(placed: {
  readonly number: number;
  readonly fromMs: number;
  readonly intervalMs: number;
}): string | null {
  if (!isRecord(placed)) return 'it is no window';
  const { number, fromMs, intervalMs } = placed;
  if (!isCount(intervalMs) || intervalMs === 0) return 'its length is no number of milliseconds';
  if (!isCount(number)) return 'its number is none';
  if (!isCount(fromMs) || fromMs !== number * intervalMs)
    return 'its number and its start do not fit together';
  return null;
}

function whyUntrue({ arms, candidateWeight }: Window): string | null {
  if (!isRecord(arms)) return 'it has no arms';
  if (!isShare(candidateWeight)) return "the candidate's weight is no share";
  return whyUntrueArm('candidate', arms.candidate) ?? whyUntrueArm('stable', arms.stable);
}

function whyUntrueArm(name: string, arm: ArmWindow | null): string | null {
  if (arm === null) return null;
  if (!isRecord(arm)) return `${name} is no record`;
  if (!isCount(arm.healthChecksPassed) || !isCount(arm.healthChecksFailed))
    return `${name}: a count of health checks is no whole number of 0 or more`;
  if (arm.abandoned !== undefined && !isCount(arm.abandoned))
    return `${name}: the count of abandoned requests is no whole number of 0 or more`;
  const own = whyUntrueCounts(name, arm);
  return own ?? (arm.probes === undefined ? null : whyUntrueCounts(`${name}'s probes`, arm.probes));
}

function whyUntrueCounts(name: string, counts: ProbeCounts): string | null {
  if (!isRecord(counts)) return `${name}: no counts`;
  const { requests, errors, latency } = counts;
  if (!isCount(requests)) return `${name}: the count of requests is no whole number of 0 or more`;
  if (!isCount(errors)) return `${name}: the count of errors is no whole number of 0 or more`;
  if (errors > requests) return `${name}: more errors than requests`;
  return isHistogram(latency) ? null : `${name}: the latencies are no histogram of ours`;
}

function isHistogram(histogram: Histogram): boolean {
  if (!isRecord(histogram) || !Array.isArray(histogram.buckets)) return false;
  let before = -1;
  return histogram.buckets.every((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    const [bucket, count] = pair as [unknown, unknown];
    const isNext = isCount(bucket) && bucket > before && bucket <= LAST_BUCKET && isCount(count);
    if (isNext) before = bucket;
    return isNext;
  });
}

/** Types are no promise here: windows are read from files, too. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
