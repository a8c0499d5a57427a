import { bucketOf, LAST_BUCKET, upperBoundMs } from '../../domain/analysis/histogram';
import type { Digest } from '../../domain/revision';
import type { RouterReason } from '../admin-api';
import type { StatusClass } from './revision-counter';

const KEPT_AFTER_MS = 15 * 60 * 1000;

/** What one revision did since the platform's start; only ever grows. */
export interface RevisionTotals {
  readonly status: Readonly<Record<StatusClass, number>>;
  readonly healthChecks: { readonly passed: number; readonly failed: number };
  /** Answers by bucket of the domain's histogram. */
  readonly latency: readonly number[];
  /** Made from the buckets' middles, so off by at most 4.9 %. */
  readonly latencySumMs: number;
}

export interface ServiceTotals {
  readonly revisions: ReadonlyMap<Digest, RevisionTotals>;
  /** Answers that the router itself made. */
  readonly router: Readonly<Record<RouterReason, number>>;
}

interface Growing {
  readonly status: Record<StatusClass, number>;
  readonly healthChecks: { passed: number; failed: number };
  readonly latency: number[];
  latencySumMs: number;
  lastHereMs: number;
}

/** The counts of one service since its platform's start, for those who scrape them: whatever the clock does, they only grow. */
export class RunningTotals {
  private readonly revisions = new Map<Digest, Growing>();
  private readonly router: Record<RouterReason, number> = { ...NO_ANSWERS };

  constructor(private readonly now: () => number) {}

  attempt(revision: Digest, status: StatusClass, latencyMs: number | null): void {
    const totals = this.of(revision);
    totals.status[status] += 1;
    if (latencyMs === null) return;
    const bucket = bucketOf(latencyMs);
    totals.latency[bucket] = (totals.latency[bucket] ?? 0) + 1;
    totals.latencySumMs += middleMs(bucket);
  }

  healthCheck(revision: Digest, result: 'passed' | 'failed'): void {
    this.of(revision).healthChecks[result] += 1;
  }

  ownAnswer(reason: RouterReason): void {
    this.router[reason] += 1;
  }

  /** A revision with a fleet is known, at zero too, so that its first request is a rise; one without is kept for 15 minutes. */
  keep(present: Iterable<Digest>): void {
    for (const revision of present) this.of(revision);
    const oldestMs = this.now() - KEPT_AFTER_MS;
    for (const [revision, { lastHereMs }] of this.revisions) {
      if (lastHereMs <= oldestMs) this.revisions.delete(revision);
    }
  }

  view(): ServiceTotals {
    return { revisions: this.revisions, router: this.router };
  }

  private of(revision: Digest): Growing {
    const known = this.revisions.get(revision) ?? nothing();
    known.lastHereMs = this.now();
    this.revisions.set(revision, known);
    return known;
  }
}

function nothing(): Growing {
  return {
    status: { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0, aborted: 0 },
    healthChecks: { passed: 0, failed: 0 },
    latency: new Array<number>(LAST_BUCKET + 1).fill(0),
    latencySumMs: 0,
    lastHereMs: 0,
  };
}

const NO_ANSWERS: Readonly<Record<RouterReason, number>> = {
  'no-weight': 0,
  'no-healthy-instance': 0,
  'connect-failed': 0,
  'upstream-reset': 0,
  'upstream-timeout': 0,
  'unknown-revision': 0,
  'queue-expired': 0,
  'queue-full': 0,
  'bad-request': 0,
};

function middleMs(bucket: number): number {
  return Math.sqrt(upperBoundMs(Math.max(0, bucket - 1)) * upperBoundMs(bucket));
}
