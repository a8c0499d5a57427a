import { Pool } from 'undici';
import type { ServiceRef } from '../../../domain/deployment';
import type { ServiceView } from '../../../platform/admin-api';
import { servicePath, type PlatformClient } from '../../platform-client';

const LOOK_EVERY_MS = 2_000;
const MOST_CONNECTIONS = 128;

/** Connections to where a service listens, kept up while it moves. */
export class ListenerPool {
  private origin: string | null = null;
  private pool: Pool | null = null;
  private readonly timer: NodeJS.Timeout;
  private readonly stopping = new AbortController();

  constructor(
    private readonly platform: PlatformClient,
    private readonly ref: ServiceRef,
  ) {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Null while nobody can tell where the service listens. */
  get open(): Pool | null {
    return this.pool;
  }

  /** Asks the platform; never rejects. */
  async look(): Promise<void> {
    const { platform, ref } = this;
    const view = await platform
      .read<ServiceView>(servicePath(ref), this.stopping.signal)
      .catch(() => null);
    if (this.stopping.signal.aborted) return;
    const origin = view?.listener ? originOf(view.listener) : null;
    if (origin === this.origin) return;
    void this.pool?.destroy();
    this.origin = origin;
    this.pool =
      origin === null ? null : new Pool(origin, { connections: MOST_CONNECTIONS, pipelining: 1 });
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopping.abort();
    void this.pool?.destroy();
    this.pool = null;
  }
}

function originOf({ host, port }: NonNullable<ServiceView['listener']>): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
