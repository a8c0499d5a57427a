import { codeOf, messageOf, PlatformError } from '../platform-error';
import type { Route } from './forward';
import { Listener } from './listener';

const REOPEN_EVERY_MS = 250;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where clients reach a service: at most one listener, replaced without a gap. */
export class Entrance {
  private wanted: Address | null = null;
  private listener: Listener | null = null;
  private reopening: NodeJS.Timeout | null = null;

  constructor(private readonly route: Route) {}

  get address(): Address | null {
    return this.wanted;
  }

  /** Listens there and lets go of the former address. `PORT_TAKEN` where it cannot; the former one then stays. */
  async open(address: Address): Promise<void> {
    if (this.listensAt(address)) return;
    try {
      await this.use(address);
    } catch (error) {
      throw new PlatformError(
        'PORT_TAKEN',
        `Cannot listen on ${address.host}:${address.port} (${codeOf(error) || messageOf(error)}); the listener stays as it was. Free the port or choose another.`,
        address,
      );
    }
  }

  /** The same after a restart, tried until it works: the services behind it must not wait for a person. */
  async reopen(address: Address | null): Promise<void> {
    this.wanted = address;
    if (address === null) return;
    try {
      await this.use(address);
    } catch {
      this.reopening = setTimeout(() => void this.reopen(address), REOPEN_EVERY_MS);
    }
  }

  async close(): Promise<void> {
    if (this.reopening !== null) clearTimeout(this.reopening);
    await this.listener?.close();
  }

  private listensAt({ host, port }: Address): boolean {
    return (
      this.listener !== null &&
      this.wanted?.host === host &&
      (port === 0 || this.wanted.port === port)
    );
  }

  private async use(address: Address): Promise<void> {
    const opened = await Listener.open(address, this.route);
    if (this.reopening !== null) clearTimeout(this.reopening);
    const former = this.listener;
    this.listener = opened;
    this.wanted = { host: address.host, port: opened.port };
    void former?.close();
  }
}
