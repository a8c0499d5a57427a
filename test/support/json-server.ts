import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export type Respond = (
  url: URL,
  exchange: { readonly request: IncomingMessage; readonly response: ServerResponse },
) => void;

/** An HTTP server on loopback that a test scripts. */
export interface JsonServer {
  readonly url: string;
  /** Every request so far. */
  readonly asked: readonly { readonly url: URL; readonly authorization: string | undefined }[];
  respond: Respond;
  close(): Promise<void>;
}

export async function startJsonServer(respond: Respond): Promise<JsonServer> {
  const asked: { readonly url: URL; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    asked.push({ url, authorization: request.headers.authorization });
    started.respond(url, { request, response });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const started: JsonServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    respond,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
