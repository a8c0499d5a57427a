import type { ProbeCounts } from '../../../domain/analysis/window';
import { bucketOf } from '../../../domain/analysis/histogram';

/** How one probe ended. */
export type ProbeOutcome =
  /** `latencyMs`: until the headers of the answer. */
  | { readonly kind: 'answered'; readonly status: number; readonly latencyMs: number }
  /** The revision did not answer, or not in time. */
  | { readonly kind: 'failed' }
  /** It did not reach the revision, for which the revision is not to blame: no router, or no such revision. */
  | { readonly kind: 'unseen' };

const KEPT_MS = 15 * 60 * 1000;

/** What the probes of one revision saw, window by window, for the last 15 minutes. A probe counts when it ends. */
export class ProbeWindows {
  private readonly windows = new Map<number, Counter>();

  constructor(private readonly intervalMs: number) {}

  count(outcome: ProbeOutcome, nowMs: number): void {
    if (outcome.kind === 'unseen') return;
    const number = Math.floor(nowMs / this.intervalMs);
    const counter = this.windows.get(number) ?? new Counter();
    counter.count(outcome);
    this.windows.set(number, counter);
    for (const old of this.windows.keys()) {
      if (old * this.intervalMs >= nowMs - KEPT_MS) break;
      this.windows.delete(old);
    }
  }

  /** Null where no probe ended in it. */
  of(number: number): ProbeCounts | null {
    return this.windows.get(number)?.counts() ?? null;
  }
}

class Counter {
  private requests = 0;
  private errors = 0;
  private readonly latency = new Map<number, number>();

  count(outcome: Exclude<ProbeOutcome, { kind: 'unseen' }>): void {
    this.requests += 1;
    if (outcome.kind === 'failed' || outcome.status >= 500) this.errors += 1;
    if (outcome.kind === 'failed') return;
    const bucket = bucketOf(outcome.latencyMs);
    this.latency.set(bucket, (this.latency.get(bucket) ?? 0) + 1);
  }

  counts(): ProbeCounts {
    return {
      requests: this.requests,
      errors: this.errors,
      latency: { buckets: [...this.latency].sort(([a], [b]) => a - b) },
    };
  }
}
