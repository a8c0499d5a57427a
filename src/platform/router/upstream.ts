import { Pool } from 'undici';
import type { Digest } from '../../domain/revision';

export interface UpstreamTimeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  /** The longest silence inside an answer. Generous: event streams may be quiet for long. */
  readonly bodyMs: number;
}

export const UPSTREAM_TIMEOUTS: UpstreamTimeouts = {
  connectMs: 1_000,
  headersMs: 60_000,
  bodyMs: 3_600_000,
};

const CONNECTIONS = 256;

/** Something on its way to an instance, that can be cut. */
export interface InFlight {
  /** `upgraded`: a raw connection, which never ends by itself. */
  readonly kind: 'request' | 'upgraded';
  cancel(): void;
}

export interface UpstreamOptions {
  readonly instance: string;
  readonly revision: Digest;
  readonly port: number;
  readonly timeouts: UpstreamTimeouts;
  /** Called when the instance refuses a connection. */
  readonly onRefused: () => void;
}

/** One started instance as the router sees it: its connections, what is in flight, whether it may be picked. */
export class Upstream {
  readonly pool: Pool;
  readonly instance: string;
  readonly revision: Digest;
  readonly onRefused: () => void;
  /** Set by its health watch. */
  healthy = false;
  draining = false;
  private readonly flying = new Set<InFlight>();
  private readonly idleListeners = new Set<() => void>();

  constructor(options: UpstreamOptions) {
    const { connectMs, headersMs, bodyMs } = options.timeouts;
    this.instance = options.instance;
    this.revision = options.revision;
    this.onRefused = options.onRefused;
    this.pool = new Pool(`http://127.0.0.1:${options.port}`, {
      connections: CONNECTIONS,
      pipelining: 1,
      connect: { timeout: connectMs },
      headersTimeout: headersMs,
      bodyTimeout: bodyMs,
    });
  }

  get canServe(): boolean {
    return this.healthy && !this.draining;
  }

  get inFlight(): number {
    return this.flying.size;
  }

  /** Counts something as in flight until the returned function is called. */
  track(inFlight: InFlight): () => void {
    this.flying.add(inFlight);
    return () => {
      if (this.flying.delete(inFlight) && this.flying.size === 0) this.tellIdle();
    };
  }

  /** Cuts what is in flight, all or only the upgraded connections; answers how many. */
  cancel(kind: 'all' | 'upgraded'): number {
    const cut = [...this.flying].filter((inFlight) => kind === 'all' || inFlight.kind === kind);
    for (const inFlight of cut) inFlight.cancel();
    return cut.length;
  }

  /** Resolves when nothing is in flight or the signal says so. */
  whenIdle(signal: AbortSignal): Promise<void> {
    if (this.flying.size === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.idleListeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.idleListeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** Ends every connection; safe to call twice. */
  close(): void {
    this.healthy = false;
    this.cancel('upgraded');
    if (!this.pool.destroyed) this.pool.destroy().catch(() => undefined);
  }

  private tellIdle(): void {
    for (const listener of [...this.idleListeners]) listener();
  }
}
