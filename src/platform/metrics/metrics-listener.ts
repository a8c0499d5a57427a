import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXPOSITION_TYPE } from './exposition';
import type { MetricsAddress } from './metrics-address';
import { codeOf, messageOf } from '../platform-error';

const REQUEST_MS = 10_000;
const LISTEN_AGAIN_MS = 5_000;
const MOST_CONNECTIONS = 32;

export interface MetricsListenerOptions {
  readonly address: MetricsAddress;
  readonly read: () => Promise<string>;
  readonly report: (problem: string) => void;
  /** Between two tries for a port that is taken. */
  readonly againMs?: number;
}

/** `GET /metrics` on a TCP port, read-only. A port that is taken is tried again: no traffic may wait for it. */
export class MetricsListener {
  private readonly server: Server;
  private again: NodeJS.Timeout | null = null;

  private constructor(private readonly options: MetricsListenerOptions) {
    this.server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
      request.on('error', () => undefined);
      response.on('error', () => undefined);
      void this.answer(request, response);
    });
    this.server.on('error', () => undefined);
    this.server.maxConnections = MOST_CONNECTIONS;
    // A person who ends the platform does not wait for who scrapes it.
    this.server.unref();
  }

  /** Never rejects; `address` tells whether it listens. */
  static async open(options: MetricsListenerOptions): Promise<MetricsListener> {
    const listener = new MetricsListener(options);
    const problem = await listener.listen();
    if (problem !== null) {
      const { host, port } = options.address;
      options.report(`cannot serve metrics on ${host} port ${port} (${problem}); it tries again`);
    }
    return listener;
  }

  /** Null while the port cannot be had. */
  get address(): MetricsAddress | null {
    if (!this.server.listening) return null;
    const { address, port } = this.server.address() as AddressInfo;
    return { host: address, port };
  }

  close(): void {
    if (this.again !== null) clearTimeout(this.again);
    this.server.close();
    this.server.closeAllConnections();
  }

  private listen(): Promise<string | null> {
    const { address, againMs = LISTEN_AGAIN_MS } = this.options;
    const { host, port } = address;
    return new Promise((resolve) => {
      const refused = (error: Error): void => {
        this.server.off('listening', heard);
        this.again = setTimeout(() => void this.listen(), againMs);
        this.again.unref();
        resolve(codeOf(error) || messageOf(error));
      };
      const heard = (): void => {
        this.server.off('error', refused);
        resolve(null);
      };
      this.server.once('error', refused);
      // Not as the callback of `listen`, which a refused try would leave behind.
      this.server.once('listening', heard);
      this.server.listen(port, host);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const refusal = refusalOf(request);
    if (refusal !== null) {
      refuse(response, refusal, 'Only GET /metrics is here.\n');
      return;
    }
    try {
      sendMetrics(response, await this.options.read());
    } catch (error) {
      this.options.report(`metrics: ${messageOf(error)}`);
      refuse(response, 500, 'The metrics could not be read.\n');
    }
  }
}

export function sendMetrics(response: ServerResponse, text: string): void {
  if (response.destroyed) return;
  const headers = { 'content-type': EXPOSITION_TYPE, 'content-length': Buffer.byteLength(text) };
  response.writeHead(200, headers).end(text);
}

function refusalOf({ method, url = '' }: IncomingMessage): 404 | 405 | null {
  if (url.split('?')[0] !== '/metrics') return 404;
  return method === 'GET' || method === 'HEAD' ? null : 405;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain', ...ALLOWED }).end(text);
}

const ALLOWED = { allow: 'GET, HEAD' };
