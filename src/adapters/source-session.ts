import { Agent } from 'undici';
import { safeText } from '../domain/checks/safe-text';
import { BelayError } from '../domain/errors';
import { formatDuration } from '../domain/format/duration';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import { errorCode, isTimeout } from './error-code';
import { runWithin } from './signal-within';

export interface SourceSession {
  /** One GET, not redirected, with the source's bearer secret; an answer of any status. */
  get(url: URL): Promise<SourceAnswer>;
  /** Says that the source cannot be used: what it did, and what to do about it. */
  unusable(what: string, next?: string): BelayError;
  /** A text of the source's in one line, short, and without the secret. */
  quote(text: string): string;
}

export interface SourceAnswer {
  readonly status: number;
  readonly text: string;
}

export interface SourceOptions {
  /** The value of a secret by name; null: there is none. */
  readonly secret: (name: string) => Promise<string | null>;
  /** Epoch ms; default: the clock of this machine. */
  readonly now?: () => number;
}

export interface SessionOptions extends Pick<SourceOptions, 'secret'> {
  readonly spec: SourceSpec;
}

const MOST_BYTES = 4_000_000;
const MOST_QUOTED = 160;
const MOST_CONNECTIONS = 6;

/**
 * Talks with a metric source, all of it within the source's timeout, and lets go of its connections afterwards.
 * @throws BelayError `METRICS_UNAVAILABLE` for whatever the source does; the signal's reason when aborted
 */
export async function withSource<T>(
  { spec, secret }: SessionOptions,
  signal: AbortSignal,
  talk: (session: SourceSession) => Promise<T>,
): Promise<T> {
  const agent = new Agent({ connections: MOST_CONNECTIONS, pipelining: 1 });
  try {
    return await runWithin(signal, spec.timeoutMs, async (limited) => {
      const token = await bearerToken(spec, secret);
      return talk(new Session({ spec, agent, token, signal: limited }));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw asUnusable(spec, error);
  } finally {
    await agent.destroy();
  }
}

interface SessionParts {
  readonly spec: SourceSpec;
  readonly agent: Agent;
  readonly token: string | null;
  readonly signal: AbortSignal;
}

class Session implements SourceSession {
  constructor(private readonly parts: SessionParts) {}

  async get(url: URL): Promise<SourceAnswer> {
    const { agent, signal, token } = this.parts;
    signal.throwIfAborted();
    const { statusCode, body } = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      signal,
      // The signal is the only deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES)
        throw this.unusable(`sent more than ${MOST_BYTES / 1e6} MB`, 'Ask it for less at once.');
      chunks.push(chunk);
    }
    return { status: statusCode, text: Buffer.concat(chunks).toString('utf8') };
  }

  unusable(what: string, next?: string): BelayError {
    return unusableSource(this.parts.spec, what, next);
  }

  quote(text: string): string {
    const { token } = this.parts;
    const begin = text.slice(0, 10_000);
    return safeText(token === null ? begin : begin.replaceAll(token, '***'), MOST_QUOTED);
  }
}

function unusableSource({ name, url }: SourceSpec, what: string, next?: string): BelayError {
  const place = URL.canParse(url) ? new URL(url).origin : 'no address';
  return new BelayError(
    'METRICS_UNAVAILABLE',
    `The metric source ${name} (${place}) ${what}. Nothing is judged by its metrics until it answers; weights stay as they are.`,
    { next: next ?? `Look at the source, and at \`metricSources\` in the configuration.` },
  );
}

async function bearerToken(
  spec: SourceSpec,
  secret: SessionOptions['secret'],
): Promise<string | null> {
  const { bearerSecret } = spec;
  if (bearerSecret === null) return null;
  const token = await secret(bearerSecret);
  if (token === null)
    throw unusableSource(
      spec,
      `needs the secret ${bearerSecret}, which is not there`,
      `Write it to secrets/${bearerSecret} in the home of the worker (mode 0600).`,
    );
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw unusableSource(
    spec,
    `needs the secret ${bearerSecret}, whose value cannot be sent in a header`,
    'Write it on one line, without spaces.',
  );
}

function asUnusable(spec: SourceSpec, error: unknown): BelayError {
  if (error instanceof BelayError) {
    if (error.code === 'METRICS_UNAVAILABLE') return error;
    return unusableSource(spec, `cannot be asked: ${error.message}`, error.next);
  }
  if (isTimeout(error))
    return unusableSource(spec, `did not answer within ${formatDuration(spec.timeoutMs)}`);
  const code = errorCode(error);
  return unusableSource(spec, PROBLEMS[code ?? ''] ?? `broke off (${code ?? 'unknown error'})`);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is not there: nothing listens at its address',
  ENOTFOUND: 'is not there: its name is not known',
  EAI_AGAIN: 'is not there: its name cannot be looked up',
  UND_ERR_HEADERS_OVERFLOW: 'sent headers that are too long',
};
