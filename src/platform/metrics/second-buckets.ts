import type { Digest } from '../../domain/revision';
import type { MetricsAnswer, MetricsWindow, RouterReason } from '../admin-api';
import { RevisionCounter, type StatusClass } from './revision-counter';
import { RunningTotals } from './running-totals';

const INTERVAL_MS = 1000;
const KEPT_SECONDS = 15 * 60;

interface Second {
  readonly revisions: Map<Digest, RevisionCounter>;
  readonly router: Map<RouterReason, number>;
  waits: MetricsWindow['waits'];
}

/**
 * What one service's router saw, second by second, for the last 15 minutes. Only seconds that began after the start
 * and are over are given out: a listed second without a revision means zero requests, an absent second means that
 * nobody counted.
 */
export class SecondBuckets {
  /** The same since the start. */
  readonly totals: RunningTotals;
  private readonly seconds = new Map<number, Second>();
  private firstSecond: number;
  private newest: number;

  private readonly earlier: ReadonlyMap<number, MetricsWindow>;
  private takenUntil: number;

  /** `earlier`: what an earlier router of the same service counted; seconds of neither are gaps. */
  constructor(
    private readonly now: () => number,
    earlier: readonly MetricsWindow[] = [],
  ) {
    this.firstSecond = Math.floor(now() / INTERVAL_MS) + 1;
    this.takenUntil = this.firstSecond;
    this.newest = this.firstSecond - 1;
    this.totals = new RunningTotals(now);
    this.earlier = new Map(earlier.map((window) => [window.number, window]));
  }

  attempt(revision: Digest, status: StatusClass, latencyMs: number | null): void {
    this.totals.attempt(revision, status, latencyMs);
    this.revision(revision).attempt(status, latencyMs);
  }

  healthCheck(revision: Digest, result: 'passed' | 'failed'): void {
    this.totals.healthCheck(revision, result);
    this.revision(revision).healthCheck(result);
  }

  ownAnswer(reason: RouterReason): void {
    this.totals.ownAnswer(reason);
    const { router } = this.current();
    router.set(reason, (router.get(reason) ?? 0) + 1);
  }

  /** A wait has ended, one way or the other. */
  waited(waitedMs: number): void {
    const second = this.current();
    const { requests = 0, longestMs = 0 } = second.waits ?? {};
    second.waits = {
      requests: requests + 1,
      longestMs: Math.max(longestMs, Math.round(waitedMs)),
    };
  }

  /** The complete seconds inside `[fromMs, toMs)`. */
  between(fromMs: number, toMs: number): MetricsAnswer {
    const last = Math.floor(this.now() / INTERVAL_MS) - 1;
    const first = Math.max(last - KEPT_SECONDS + 1, Math.ceil(fromMs / INTERVAL_MS));
    const end = Math.min(last, Math.floor(toMs / INTERVAL_MS) - 1);
    const windows: MetricsWindow[] = [];
    for (let number = first; number <= end; number += 1) {
      const window = number < this.firstSecond ? this.earlier.get(number) : this.window(number);
      if (window !== undefined) windows.push(window);
    }
    return { intervalMs: INTERVAL_MS, windows };
  }

  /** The seconds that are complete since the last call, each once; of a clock that was put forward, the last 15 minutes. */
  takeComplete(): readonly MetricsWindow[] {
    const running = Math.floor(this.now() / INTERVAL_MS);
    this.takenUntil = Math.max(this.takenUntil, running - KEPT_SECONDS);
    const windows: MetricsWindow[] = [];
    for (; this.takenUntil < running; this.takenUntil += 1)
      windows.push(this.window(this.takenUntil));
    return windows;
  }

  private window(number: number): MetricsWindow {
    const second = this.seconds.get(number);
    const revisions = [...(second?.revisions ?? [])].map(
      ([revision, counter]) => [revision, counter.counts()] as const,
    );
    return {
      number,
      fromMs: number * INTERVAL_MS,
      revisions: Object.fromEntries(revisions),
      router: Object.fromEntries(second?.router ?? []),
      ...(second?.waits === undefined ? {} : { waits: second.waits }),
    };
  }

  private revision(revision: Digest): RevisionCounter {
    const { revisions } = this.current();
    const known = revisions.get(revision);
    if (known !== undefined) return known;
    const counter = new RevisionCounter();
    revisions.set(revision, counter);
    return counter;
  }

  private current(): Second {
    const number = Math.floor(this.now() / INTERVAL_MS);
    const known = this.seconds.get(number);
    if (known !== undefined) return known;
    if (number < this.newest) this.beginAgain(number);
    this.newest = number;
    const second: Second = { revisions: new Map(), router: new Map(), waits: undefined };
    this.seconds.set(number, second);
    this.forgetBefore(number - KEPT_SECONDS);
    return second;
  }

  /** The clock was put back: what was counted under times that are yet to come would be taken for theirs. */
  private beginAgain(number: number): void {
    for (const later of this.seconds.keys()) if (later > number) this.seconds.delete(later);
    this.firstSecond = Math.min(this.firstSecond, number + 1);
    this.takenUntil = Math.min(this.takenUntil, number + 1);
  }

  private forgetBefore(number: number): void {
    // A Map keeps insertion order, so the oldest come first.
    for (const old of this.seconds.keys()) {
      if (old >= number) return;
      this.seconds.delete(old);
    }
  }
}
