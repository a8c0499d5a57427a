import { request } from 'node:http';

/** The part of the platform's own view that the process commands show. */
export interface PlatformSummary {
  readonly pid: number;
  /** Where it serves `/metrics`; absent from a platform of an earlier version. */
  readonly metrics?: { readonly host: string; readonly port: number } | null;
  readonly services: readonly {
    readonly service: string;
    readonly environment: string;
    readonly listener: { readonly host: string; readonly port: number } | null;
    readonly fleets: readonly { readonly size: number; readonly healthy: number }[];
  }[];
}

const ANSWER_MS = 3_000;

/** Null where no platform answers on the socket. */
export async function readPlatform(socketPath: string): Promise<PlatformSummary | null> {
  return call(socketPath, { method: 'GET', path: '/v1/platform' });
}

/** Ends the platform and every service with it; answers what it was. */
export async function stopPlatform(socketPath: string): Promise<PlatformSummary | null> {
  return call(socketPath, { method: 'POST', path: '/v1/shutdown', body: { services: 'stop' } });
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

async function call(
  socketPath: string,
  { method, path, body }: Call,
): Promise<PlatformSummary | null> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve) => {
    const asked = request({ socketPath, method, path, headers, timeout: ANSWER_MS }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => resolve(null));
      answer.on('end', () => resolve(parse(Buffer.concat(parts).toString('utf8'))));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', () => resolve(null));
    asked.end(text);
  });
}

function parse(text: string): PlatformSummary | null {
  try {
    const value = JSON.parse(text) as Partial<PlatformSummary>;
    return typeof value.pid === 'number' && Array.isArray(value.services)
      ? (value as PlatformSummary)
      : null;
  } catch {
    return null;
  }
}
