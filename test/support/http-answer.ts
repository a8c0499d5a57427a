import { request, type IncomingMessage } from 'node:http';

export interface HttpRequest {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What a client of the router got. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly revision: unknown;
  readonly router: unknown;
  readonly body: string;
}

/** One request on a connection of its own, to the end of its answer. */
export async function answerOf(asked: HttpRequest): Promise<HttpAnswer> {
  const response = await beginAnswer(asked);
  let body = '';
  for await (const chunk of response) body += String(chunk);
  const { statusCode: status = 0, headers } = response;
  return {
    status,
    headers,
    revision: headers['x-belay-revision'],
    router: headers['x-belay-router'],
    body,
  };
}

/** The same, up to the headers: the caller reads or leaves the body. */
export function beginAnswer({ body, ...asked }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent: false, ...asked }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}
