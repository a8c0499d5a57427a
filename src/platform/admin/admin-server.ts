import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { chmodSync } from 'node:fs';
import { ADMIN_API_VERSION } from '../admin-api';
import { sendMetrics } from '../metrics/metrics-listener';
import { asPlatformError, PlatformError } from '../platform-error';
import { answerCall, type AdminActions } from './routes';

const MAX_BODY_BYTES = 1_000_000;
const REQUEST_MS = 30_000;

/**
 * The admin API on a Unix socket that only its owner can open. Listening on it is what makes a platform the only one
 * of its home, so it listens before there is anything to serve: calls wait until {@link serve}.
 */
export class AdminServer {
  private readonly server: Server;
  private readonly actions: Promise<AdminActions>;
  private isEnding = false;
  private setActions: (actions: AdminActions) => void = () => undefined;

  constructor() {
    this.actions = new Promise((resolve) => {
      this.setActions = resolve;
    });
    this.server = createServer(
      { requestTimeout: REQUEST_MS, keepAliveTimeout: 75_000 },
      (request, response) => {
        request.on('error', () => undefined);
        response.on('error', () => undefined);
        void this.answer(request, response);
      },
    );
  }

  /** Rejects with Node's error where the path is in use or cannot be made. */
  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      // The socket must never exist with a wider mode, not even for a moment; Node binds it inside this call.
      const former = process.umask(0o177);
      try {
        this.server.listen(path, () => {
          this.server.off('error', reject);
          this.server.on('error', () => undefined);
          chmodSync(path, 0o600);
          resolve();
        });
      } finally {
        process.umask(former);
      }
    });
  }

  serve(actions: AdminActions): void {
    this.setActions(actions);
  }

  /** Refuses every further call. The socket stays, so that no other platform takes the home while this one ends. */
  refuseCalls(): void {
    this.isEnding = true;
  }

  /** Lets go of the socket. */
  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (isScrape(request)) {
        const { platform } = await this.actions;
        sendMetrics(response, await platform.exposition());
        return;
      }
      const call = await callOf(request);
      if (this.isEnding) throw new PlatformError('INTERNAL', 'The platform is shutting down.');
      send(response, 200, await answerCall(call, await this.actions));
    } catch (error) {
      const refusal = asPlatformError(error);
      if (refusal.code === 'INTERNAL')
        process.stderr.write(`admin: ${String((error as Error).stack ?? error)}\n`);
      send(response, refusal.status, refusal.toBody());
    }
  }
}

function isScrape({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && url.split('?')[0] === '/metrics';
}

async function callOf(request: IncomingMessage): Promise<Parameters<typeof answerCall>[0]> {
  const url = new URL(request.url ?? '/', 'http://platform');
  const [, version, ...path] = decoded(url.pathname).split('/');
  if (version !== `v${ADMIN_API_VERSION}`)
    throw new PlatformError(
      'NOT_FOUND',
      `There is no ${url.pathname}; calls begin with /v${ADMIN_API_VERSION}/.`,
    );
  return {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    body: await jsonOf(request),
  };
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw new PlatformError('BAD_REQUEST', 'The path is not well-formed.');
  }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES)
      throw new PlatformError('BAD_REQUEST', 'The body is longer than 1 MB.');
    chunks.push(chunk);
  }
  if (length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new PlatformError('BAD_REQUEST', 'The body is not JSON.');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
