import { bucketOf, mergeHistograms, type Histogram } from '../../../domain/analysis/histogram';
import type { ArmWindow } from '../../../domain/analysis/window';
import type { Digest } from '../../../domain/revision';

/** What each revision gets and does from one moment on, a second; null: nobody watches. */
export type TrafficRates = ReadonlyMap<Digest, RevisionRates> | null;

export interface RevisionRates {
  readonly requests: number;
  readonly errors: number;
  readonly latencyMs: number;
  readonly passedChecks: number;
  readonly failedChecks: number;
}

export interface TrafficTimeline {
  readonly segments: Segment[];
}

interface Segment {
  readonly fromMs: number;
  readonly rates: TrafficRates;
  /** Fractions carried over, so that whole counts add up exactly over any number of segments. */
  readonly before: ReadonlyMap<Digest, Counted>;
}

interface Counted {
  readonly requests: number;
  readonly errors: number;
  readonly passedChecks: number;
  readonly failedChecks: number;
}

const NOTHING: Counted = { requests: 0, errors: 0, passedChecks: 0, failedChecks: 0 };

export function createTimeline(): TrafficTimeline {
  return { segments: [] };
}

/** From now on these rates. Several changes at one moment count as one. */
export function changeRates(timeline: TrafficTimeline, atMs: number, rates: TrafficRates): void {
  const last = timeline.segments.at(-1);
  if (last !== undefined && sameRates(last.rates, rates)) return;
  if (last?.fromMs === atMs) timeline.segments.pop();
  const before = last === undefined ? new Map<Digest, Counted>() : countedAt(last, atMs);
  // Somebody has been watching since the second began; only nothing could be seen yet.
  const fromMs = last === undefined ? atMs - (atMs % 1_000) : atMs;
  timeline.segments.push({ fromMs, rates, before });
}

function sameRates(a: TrafficRates, b: TrafficRates): boolean {
  return JSON.stringify(a && [...a]) === JSON.stringify(b && [...b]);
}

/** What the revision did between two moments; null where a part of that time had no observer. */
export function countBetween(
  timeline: TrafficTimeline,
  revision: Digest,
  span: { readonly fromMs: number; readonly toMs: number },
): ArmWindow | null {
  const first = timeline.segments[0];
  if (first === undefined || first.fromMs > span.fromMs) return null;
  const parts: ArmWindow[] = [];
  for (const [index, segment] of timeline.segments.entries()) {
    const fromMs = Math.max(segment.fromMs, span.fromMs);
    const toMs = Math.min(timeline.segments[index + 1]?.fromMs ?? Infinity, span.toMs);
    if (fromMs >= toMs) continue;
    if (segment.rates === null) return null;
    parts.push(partOf(segment, revision, { fromMs, toMs }));
  }
  return sumOf(parts);
}

function partOf(
  segment: Segment,
  revision: Digest,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): ArmWindow {
  const start = countedAt(segment, fromMs).get(revision) ?? NOTHING;
  const end = countedAt(segment, toMs).get(revision) ?? NOTHING;
  const requests = whole(end.requests) - whole(start.requests);
  return {
    requests,
    errors: Math.min(requests, whole(end.errors) - whole(start.errors)),
    latency: histogramOf(segment.rates?.get(revision)?.latencyMs ?? 0, requests),
    healthChecksPassed: whole(end.passedChecks) - whole(start.passedChecks),
    healthChecksFailed: whole(end.failedChecks) - whole(start.failedChecks),
  };
}

function countedAt(segment: Segment, atMs: number): ReadonlyMap<Digest, Counted> {
  const seconds = (atMs - segment.fromMs) / 1000;
  const counted = new Map(segment.before);
  for (const [revision, rates] of segment.rates ?? []) {
    const before = counted.get(revision) ?? NOTHING;
    counted.set(revision, {
      requests: before.requests + rates.requests * seconds,
      errors: before.errors + rates.errors * seconds,
      passedChecks: before.passedChecks + rates.passedChecks * seconds,
      failedChecks: before.failedChecks + rates.failedChecks * seconds,
    });
  }
  return counted;
}

/** A sum like 2.9999999 is 3. */
function whole(count: number): number {
  return Math.floor(count + 1e-6);
}

function histogramOf(latencyMs: number, requests: number): Histogram {
  return { buckets: requests > 0 ? [[bucketOf(latencyMs), requests]] : [] };
}

function sumOf(parts: readonly ArmWindow[]): ArmWindow {
  const sum = (of: (part: ArmWindow) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    requests: sum((part) => part.requests),
    errors: sum((part) => part.errors),
    latency: mergeHistograms(parts.map((part) => part.latency)),
    healthChecksPassed: sum((part) => part.healthChecksPassed),
    healthChecksFailed: sum((part) => part.healthChecksFailed),
  };
}
