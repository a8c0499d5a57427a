import type { ProbeQuery, ProbeSource, ProbeWindow } from '../../../ports/probe-source';
import type { ProbeCounts } from '../../../domain/analysis/window';
import type { Digest } from '../../../domain/revision';
import { createPlatformClient, type PlatformClient } from '../../platform-client';
import { ListenerPool } from './listener-pool';
import { Prober } from './prober';

export interface PlatformProbesOptions {
  /** The admin socket of the platform. */
  readonly socketPath: string;
  /** The target's grid; default 1 s. */
  readonly intervalMs?: number;
  /** Later than that is no answer; default 5 s. */
  readonly timeoutMs?: number;
  /** How long it probes on after the last query; default 10 s. */
  readonly lingerMs?: number;
  /** Epoch ms; default: the clock of this machine. */
  readonly now?: () => number;
}

export interface PlatformProbes extends ProbeSource {
  /** Stops all probing at once. */
  close(): void;
}

/**
 * Requests to each revision through its service's listener, on the header route, from the first query about it until 10 s
 * after the last. What it saw lies in memory: a worker that was started anew has gaps.
 */
export function createPlatformProbes(options: PlatformProbesOptions): PlatformProbes {
  const platform = createPlatformClient(options.socketPath);
  const rounds = new Map<string, Round>();
  return {
    windows(query, signal) {
      if (signal.aborted) return Promise.reject(asError(signal.reason));
      const key = JSON.stringify([query.ref, query.probe]);
      const known = rounds.get(key);
      const round =
        known ?? new Round({ ...options, platform, query, onEnd: () => rounds.delete(key) });
      rounds.set(key, round);
      return Promise.resolve(round.windows(query));
    },
    close() {
      for (const round of [...rounds.values()]) round.end();
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

interface RoundOptions extends PlatformProbesOptions {
  readonly platform: PlatformClient;
  readonly query: ProbeQuery;
  readonly onEnd: () => void;
}

const INTERVAL_MS = 1_000;
const TIMEOUT_MS = 5_000;
const LINGER_MS = 10_000;

/** The probing of one service in one way. */
class Round {
  private readonly listener: ListenerPool;
  private readonly probers = new Map<Digest, { readonly prober: Prober; askedAt: number }>();
  private readonly intervalMs: number;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: RoundOptions) {
    this.intervalMs = options.intervalMs ?? INTERVAL_MS;
    this.listener = new ListenerPool(options.platform, options.query.ref);
    void this.listener.look();
    const lingerMs = options.lingerMs ?? LINGER_MS;
    this.timer = setInterval(() => this.endUnasked(lingerMs), Math.min(1_000, lingerMs / 2));
    this.timer.unref();
  }

  windows({ revisions, fromMs, toMs }: ProbeQuery): readonly ProbeWindow[] {
    for (const revision of revisions) this.ask(revision);
    const { intervalMs } = this;
    const now = this.options.now ?? Date.now;
    const first = Math.max(
      Math.ceil(fromMs / intervalMs),
      Math.floor((now() - KEPT_MS) / intervalMs),
    );
    const last = Math.floor(Math.min(toMs, now()) / intervalMs) - 1;
    const windows: ProbeWindow[] = [];
    for (let number = first; number <= last; number += 1) {
      const seen = this.seenIn(number, revisions);
      if (Object.keys(seen).length === 0) continue;
      windows.push({ number, fromMs: number * intervalMs, intervalMs, revisions: seen });
    }
    return windows;
  }

  end(): void {
    clearInterval(this.timer);
    for (const { prober } of this.probers.values()) prober.stop();
    this.listener.stop();
    this.options.onEnd();
  }

  private seenIn(number: number, revisions: readonly Digest[]): Record<Digest, ProbeCounts> {
    const seen: Record<Digest, ProbeCounts> = {};
    for (const revision of revisions) {
      const counts = this.probers.get(revision)?.prober.of(number) ?? null;
      if (counts !== null) seen[revision] = counts;
    }
    return seen;
  }

  private ask(revision: Digest): void {
    const known = this.probers.get(revision);
    if (known !== undefined) {
      known.askedAt = performance.now();
      return;
    }
    const { path, perSecond } = this.options.query.probe;
    const prober = new Prober({
      revision,
      path,
      perSecond,
      intervalMs: this.intervalMs,
      timeoutMs: this.options.timeoutMs ?? TIMEOUT_MS,
      now: this.options.now ?? Date.now,
      pool: () => this.listener.open,
    });
    this.probers.set(revision, { prober, askedAt: performance.now() });
  }

  /** By the monotonic clock: one that jumps must not end or prolong it. */
  private endUnasked(lingerMs: number): void {
    const oldest = performance.now() - lingerMs;
    for (const [revision, { prober, askedAt }] of this.probers) {
      if (askedAt >= oldest) continue;
      prober.stop();
      this.probers.delete(revision);
    }
    if (this.probers.size === 0) this.end();
  }
}

const KEPT_MS = 15 * 60 * 1000;
