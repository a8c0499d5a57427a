import { Pool } from 'undici';
import { BelayError } from '../domain/errors';
import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { PlatformErrorBody } from '../platform/admin-api';
import { errorCode } from './error-code';
import { fromPlatform } from './platform-errors';
import { runWithin } from './signal-within';

export interface PlatformCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The platform must have answered by then. Default 5 s. */
  readonly timeoutMs?: number;
}

export interface PlatformAnswer {
  readonly status: number;
  readonly text: string;
}

/** The admin API of the local platform as calls with a deadline, and its refusals as BelayErrors. */
export interface PlatformClient {
  /** @throws BelayError `PLATFORM_UNAVAILABLE`, or what the platform refused; the signal's reason when aborted */
  call<T>(call: PlatformCall, signal: AbortSignal): Promise<T>;
  /** The same for reads: null where the platform knows no such thing. */
  read<T>(path: string, signal: AbortSignal): Promise<T | null>;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 2_000;

export function createPlatformClient(socketPath: string): PlatformClient {
  // No connection outlives its call: one that was kept open would break the first call after a platform's restart.
  const pool = new Pool('http://platform', {
    connect: { socketPath, timeout: CONNECT_TIMEOUT_MS },
    pipelining: 0,
  });
  const ask = (call: PlatformCall, signal: AbortSignal): Promise<PlatformAnswer> =>
    send(pool, call, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw unavailable(error, call);
    });
  return {
    async call<T>(call: PlatformCall, signal: AbortSignal): Promise<T> {
      const answer = await ask(call, signal);
      if (answer.status < 300) return parse(answer) as T;
      throw fromPlatform(parse(answer) as PlatformErrorBody);
    },
    async read<T>(path: string, signal: AbortSignal): Promise<T | null> {
      const answer = await ask({ method: 'GET', path }, signal);
      if (answer.status === 404) return null;
      if (answer.status < 300) return parse(answer) as T;
      throw fromPlatform(parse(answer) as PlatformErrorBody);
    },
  };
}

export function servicePath(ref: ServiceRef, rest = ''): string {
  return `/v1/services/${encodeURIComponent(ref.service)}/${encodeURIComponent(ref.environment)}${rest}`;
}

export function fleetPath(ref: ServiceRef, revision: Digest, rest = ''): string {
  return servicePath(ref, `/fleets/${revision}${rest}`);
}

function send(pool: Pool, call: PlatformCall, signal: AbortSignal): Promise<PlatformAnswer> {
  return runWithin(signal, call.timeoutMs ?? DEFAULT_TIMEOUT_MS, (limited) =>
    exchange(pool, call, limited),
  );
}

async function exchange(
  pool: Pool,
  call: PlatformCall,
  signal: AbortSignal,
): Promise<PlatformAnswer> {
  signal.throwIfAborted();
  const { statusCode, body } = await pool.request({
    method: call.method,
    path: call.path,
    signal,
    // The signal above is the only deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    ...(call.body === undefined
      ? {}
      : { body: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: statusCode, text: await body.text() };
}

function parse({ status, text }: PlatformAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BelayError(
      'PLATFORM_UNAVAILABLE',
      `What listens on the platform's socket answered ${status} without JSON: it is not the platform of this version.`,
      { next: 'Stop it and run `belay up`.', cause },
    );
  }
}

/** Nothing listens, or it broke off, or it took too long: then the change may or may not have been made. */
function unavailable(cause: unknown, { method, path }: PlatformCall): BelayError {
  const code = errorCode(cause);
  const isDown = code === 'ECONNREFUSED' || code === 'ENOENT';
  return new BelayError('PLATFORM_UNAVAILABLE', isDown ? DOWN : STUCK, {
    next: isDown ? 'Run `belay up`.' : 'Look at the platform with `belay doctor`.',
    details: { call: `${method} ${path}`, code },
    cause,
  });
}

const DOWN =
  'The platform is not running. The instances of the services go on, but its router is down with it: requests fail until it runs again.';
const STUCK =
  'The platform did not answer in time. It goes on routing as it was told; whether the last change was made is not known until it answers.';
