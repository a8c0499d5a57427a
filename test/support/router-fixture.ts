import {
  createServer as createHttpServer,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { SecondBuckets } from '../../src/platform/metrics/second-buckets';
import type { RevisionCounts } from '../../src/platform/admin-api';
import { Listener } from '../../src/platform/router/listener';
import { Traffic } from '../../src/platform/router/traffic';
import { WaitingRoom } from '../../src/platform/router/waiting-room';
import {
  Upstream,
  UPSTREAM_TIMEOUTS,
  type UpstreamTimeouts,
} from '../../src/platform/router/upstream';

const SILENCE_MS = 600;
const DEADLINE_MS = 10_000;

/** The router alone, in this process, in front of servers that a test makes. */
export class RouterFixture {
  readonly traffic = new Traffic();
  /** Moved by hand, so that a test chooses when a second is over. */
  nowMs = 1_000_000_000_500;
  readonly metrics = new SecondBuckets(() => this.nowMs);
  readonly room = new WaitingRoom({
    seats: 50,
    canServe: () => this.traffic.canServeAny(),
    onWaited: (ms) => this.metrics.waited(ms),
  });
  private readonly servers: (Server | HttpServer)[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly upstreams: Upstream[] = [];
  private listener: Listener | null = null;

  static async open(): Promise<RouterFixture> {
    const fixture = new RouterFixture();
    const { traffic, metrics, room } = fixture;
    const address = { host: '127.0.0.1', port: 0 };
    fixture.listener = await Listener.open(address, { traffic, metrics, room });
    fixture.nowMs += 1_000;
    return fixture;
  }

  get port(): number {
    return this.listener?.port ?? 0;
  }

  /** A healthy instance of the revision, served by this listener. */
  async http(revision: string, listener: RequestListener): Promise<Upstream> {
    return this.serve(revision, createHttpServer({ keepAliveTimeout: 75_000 }, listener));
  }

  /** A healthy instance that reads and writes bytes. */
  async raw(revision: string, onSocket: (socket: Socket) => void): Promise<Upstream> {
    return this.serve(revision, createServer(onSocket));
  }

  async serve(revision: string, server: Server | HttpServer): Promise<Upstream> {
    this.servers.push(server);
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return this.upstream(revision, (server.address() as AddressInfo).port);
  }

  upstream(revision: string, port: number, timeouts: Partial<UpstreamTimeouts> = {}): Upstream {
    const upstream: Upstream = new Upstream({
      instance: `i${this.upstreams.length}`,
      revision,
      port,
      timeouts: { ...UPSTREAM_TIMEOUTS, ...timeouts },
      onRefused: () => {
        upstream.healthy = false;
      },
    });
    upstream.healthy = true;
    this.upstreams.push(upstream);
    this.traffic.add(upstream);
    return upstream;
  }

  /**
   * A port on which nobody listens, and on which nobody can begin to: it is the near end of a
   * connection that this fixture holds. A port that was only closed again may be handed to the
   * next server that listens.
   */
  async closedPort(): Promise<number> {
    const held = connect(this.port, '127.0.0.1');
    await once(held, 'connect');
    this.sockets.add(held);
    return held.localPort ?? 0;
  }

  /** Sends bytes and answers what comes back until the router ends the connection, or has been silent for a while. */
  exchange(bytes: string): Promise<string> {
    return this.send(bytes, SILENCE_MS);
  }

  /** The same where the router is to end the connection. */
  exchangeToEnd(bytes: string): Promise<string> {
    return this.send(bytes, DEADLINE_MS);
  }

  private async send(bytes: string, silenceMs: number): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    let received = '';
    await new Promise<void>((resolve) => {
      // Only after the first bytes is silence an end: a busy machine may be slow to begin.
      socket.setTimeout(DEADLINE_MS, resolve);
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        socket.setTimeout(silenceMs);
      });
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.write(bytes, 'latin1');
    });
    socket.destroy();
    return received;
  }

  /** The counts of the running second, which then ends. */
  counts(revision: string): RevisionCounts | undefined {
    return this.endSecond().revisions[revision];
  }

  endSecond(): ReturnType<SecondBuckets['between']>['windows'][number] {
    const from = Math.floor(this.nowMs / 1_000) * 1_000;
    this.nowMs += 1_000;
    const [window] = this.metrics.between(from, from + 1_000).windows;
    if (window === undefined) throw new Error('the second is not complete');
    return window;
  }

  async close(): Promise<void> {
    for (const upstream of this.upstreams) upstream.close();
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) server.close();
    await this.listener?.close();
  }
}
