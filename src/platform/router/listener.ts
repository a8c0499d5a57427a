import { createServer, ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { codeOf } from '../platform-error';
import { forward, type Exchange, type Route } from './forward';
import { targetOf } from './incoming';
import { answerOurselves, rawBadRequest } from './own-answer';

const KEEP_ALIVE_MS = 75_000;
const HEADERS_MS = 30_000;
/** Bounds an upload as a whole; generous, because a slow client is not an error of the service. */
const REQUEST_MS = 3_600_000;
const MAX_HEADER_BYTES = 32 * 1024;
const CLOSING_MS = 10_000;

/** One listening address of one service. */
export class Listener {
  private readonly server: Server;
  /** Connections on which something malformed came. */
  private readonly refused = new WeakSet<Duplex>();
  /** The oldest unfinished answer of a connection. */
  private readonly answering = new WeakMap<Duplex, ServerResponse>();

  private constructor(private readonly route: Route) {
    this.server = createServer(
      {
        keepAliveTimeout: KEEP_ALIVE_MS,
        headersTimeout: HEADERS_MS,
        requestTimeout: REQUEST_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
        insecureHTTPParser: false,
        // A missing Host is refused by the router, so that the refusal is counted and carries its header.
        requireHostHeader: false,
        noDelay: true,
      },
      (request, response) => this.serve(request, response),
    );
    this.server.on('upgrade', (request, socket, head) => this.serveUpgrade(request, socket, head));
    this.server.on('clientError', (error, socket) => this.refuse(error, socket));
  }

  /** Rejects with Node's error (`EADDRINUSE`, `EACCES`, …) where the address cannot be had. */
  static open(
    address: { readonly host: string; readonly port: number },
    route: Route,
  ): Promise<Listener> {
    const listener = new Listener(route);
    return new Promise((resolve, reject) => {
      listener.server.once('error', reject);
      listener.server.listen(address.port, address.host, 511, () => {
        listener.server.off('error', reject);
        listener.server.on('error', () => undefined);
        resolve(listener);
      });
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Takes no new connections, lets running requests end (at most 10 s), then cuts the rest. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(() => {
        this.server.closeAllConnections();
        // Upgraded connections are not the server's any more, and it would wait for them.
        resolve();
      }, CLOSING_MS);
      this.server.close(() => {
        clearTimeout(deadline);
        resolve();
      });
      this.server.closeIdleConnections();
    });
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    if (!this.server.listening) response.shouldKeepAlive = false;
    if (!this.isAnswering(request.socket)) this.answering.set(request.socket, response);
    this.admit({ request, response, upgrade: null });
  }

  private serveUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    // The server has let go of the socket, so nobody else passes these on.
    socket.on('drain', () => response.emit('drain'));
    response.on('finish', () => socket.end());
    const protocol = (request.headers.upgrade ?? '').toLowerCase();
    this.admit({ request, response, upgrade: { protocol, head } });
  }

  private admit(exchange: Omit<Exchange, 'target'>): void {
    const { request, response, upgrade } = exchange;
    // After a malformed request nobody can say where the next one begins: what follows it is never looked at.
    if (this.refused.has(request.socket)) return;
    const target = targetOf(request, upgrade === null ? 'request' : 'upgrade');
    if (target === null) {
      this.refused.add(request.socket);
      this.route.metrics.ownAnswer('bad-request');
      answerOurselves(response, 'bad-request');
      return;
    }
    forward({ ...exchange, target }, this.route).catch(() => response.destroy());
  }

  private isAnswering(socket: Duplex): boolean {
    return this.answering.get(socket)?.writableFinished === false;
  }

  private refuse(error: Error, socket: Duplex): void {
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    const code = codeOf(error);
    const begun = this.isAnswering(socket) && this.answering.get(socket)?.headersSent === true;
    // A refusal in the middle of another answer would be read as part of it.
    if (code === 'ECONNRESET' || !socket.writable || begun) {
      socket.destroy();
      return;
    }
    this.route.metrics.ownAnswer('bad-request');
    socket.end(rawBadRequest(statusOf(code)));
  }
}

function statusOf(code: string): 400 | 408 | 431 {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}
