import type { Pool } from 'undici';
import type { Digest } from '../../../domain/revision';
import type { ProbeCounts } from '../../../domain/analysis/window';
import { ProbeWindows } from './probe-counts';
import { sendProbe } from './send-probe';

export interface ProberOptions {
  readonly revision: Digest;
  readonly path: string;
  readonly perSecond: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** To the service's listener as it is now; null: nobody knows it. */
  readonly pool: () => Pool | null;
}

const MOST_IN_FLIGHT = 64;

/** Probes one revision at an even pace, from its making until it is stopped. */
export class Prober {
  private readonly windows: ProbeWindows;
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private inFlight = 0;

  constructor(private readonly options: ProberOptions) {
    this.windows = new ProbeWindows(options.intervalMs);
    this.timer = setInterval(() => void this.probe(), 1_000 / options.perSecond);
    this.timer.unref();
    void this.probe();
  }

  of(number: number): ProbeCounts | null {
    return this.windows.of(number);
  }

  /** Gives up what is under way; what was seen stays. */
  stop(): void {
    clearInterval(this.timer);
    this.stopping.abort();
  }

  private async probe(): Promise<void> {
    const { pool, revision, path, timeoutMs, now } = this.options;
    const open = pool();
    if (open === null || this.inFlight >= MOST_IN_FLIGHT) return;
    this.inFlight += 1;
    try {
      const order = { pool: open, revision, path, timeoutMs };
      this.windows.count(await sendProbe(order, this.stopping.signal), now());
    } catch {
      // It was stopped: this probe is of nobody's interest any more.
    } finally {
      this.inFlight -= 1;
    }
  }
}
