import { errorCode, isTimeout } from '../../error-code';
import { runWithin } from '../../signal-within';

export interface HttpQuestion {
  readonly address: string;
  /** Set: a POST of this JSON text. */
  readonly json?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export type HttpAnswer =
  | {
      readonly kind: 'answered';
      readonly contentType: string;
      /** Epoch ms; null where it does not say. */
      readonly lastModifiedMs: number | null;
      readonly body: Buffer;
    }
  | HttpRefusal;

export interface HttpRefusal {
  readonly kind: 'refused';
  /** Null where there was no answer at all. */
  readonly status: number | null;
  /** What it did instead, as the end of a sentence that begins with its name. */
  readonly reason: string;
}

const TRIES = 2;
const PAUSE_MS = 250;

/** Asks, and once more where it may have been a passing failure. Only a 200 is an answer; redirects are not followed. */
export async function askHttp(question: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
  const insecure = refuseInsecure(question.address);
  if (insecure !== null) return insecure;
  let answer = await askOnce(question, signal);
  for (let tries = 1; tries < TRIES && isPassing(answer); tries += 1) {
    await pause(signal);
    answer = await askOnce(question, signal);
  }
  return answer;
}

/** Whoever sits between could leave advisories out. */
function refuseInsecure(address: string): HttpRefusal | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return refused(null, 'has no valid address');
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'https:' || isLoopback) return null;
  return refused(null, 'was not asked, because its address is not https');
}

async function askOnce(question: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    return await runWithin(signal, question.timeoutMs, (limited) => exchange(question, limited));
  } catch (error) {
    signal.throwIfAborted();
    if (isTimeout(error)) return refused(null, `did not answer within ${question.timeoutMs} ms`);
    return refused(null, `could not be reached (${codeOf(error)})`);
  }
}

async function exchange(
  { address, json, maxBytes }: HttpQuestion,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { url, authorization } = withoutCredentials(address);
  const response = await fetch(url, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json, application/zip;q=0.9, */*;q=0.1',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization === null ? {} : { authorization }),
    },
    ...(json === undefined ? {} : { body: json }),
    redirect: 'manual',
    signal,
  });
  const contentType = shortType(response.headers.get('content-type'));
  if (response.status !== 200) {
    await response.body?.cancel();
    return refused(response.status, `answered ${response.status} (${contentType})`);
  }
  const body = await readBody(response, maxBytes);
  if (body === null) return refused(200, `answered more than ${maxBytes} bytes`);
  return { kind: 'answered', contentType, lastModifiedMs: lastModified(response), body };
}

/** What is inflated counts, not what came over the wire. */
async function readBody(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** fetch refuses addresses with a name and a password in them; no report may show them either. */
function withoutCredentials(address: string): {
  readonly url: URL;
  readonly authorization: string | null;
} {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url, authorization: null };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function lastModified(response: Response): number | null {
  const atMs = Date.parse(response.headers.get('last-modified') ?? '');
  return Number.isFinite(atMs) ? atMs : null;
}

function shortType(contentType: string | null): string {
  const type = (contentType ?? '').split(';', 1)[0] ?? '';
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : 'no content type';
}

function isPassing(answer: HttpAnswer): boolean {
  if (answer.kind === 'answered') return false;
  return answer.status === null || answer.status === 429 || answer.status >= 500;
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, PAUSE_MS);
    signal.addEventListener('abort', end);
  });
}

/** fetch wraps what went wrong. */
function codeOf(error: unknown): string {
  const isWrapped = typeof error === 'object' && error !== null && 'cause' in error;
  const cause = isWrapped ? error.cause : undefined;
  return errorCode(cause) ?? errorCode(error) ?? 'no connection';
}

function refused(status: number | null, reason: string): HttpRefusal {
  return { kind: 'refused', status, reason };
}
