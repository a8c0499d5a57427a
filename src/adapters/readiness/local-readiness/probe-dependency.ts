import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'undici';
import type { ReadinessIssue } from '../../../domain/readiness';
import { errorCode } from '../../error-code';
import { signalWithin } from '../../signal-within';

/**
 * One try to reach `tcp://host:port`, `http://…` or `https://…`; null: it answers. Over HTTP any status below 500 is
 * an answer. The issue never carries a password that the address holds.
 */
export async function probeDependency(
  address: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ReadinessIssue | null> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return { address, problem: 'is no address' };
  const shown = withoutCredentials(url, address);
  const limit = signalWithin(signal, timeoutMs);
  try {
    const problem = await probe(url, limit);
    return problem === null ? null : { address: shown, problem };
  } catch (error) {
    return { address: shown, problem: problemOf(error, timeoutMs) };
  }
}

function probe(url: URL, signal: AbortSignal): Promise<string | null> {
  switch (url.protocol) {
    case 'tcp:':
      return probeTcp(url, signal);
    case 'http:':
    case 'https:':
      return probeHttp(url, signal);
    default:
      return Promise.resolve('must begin with tcp://, http:// or https://');
  }
}

async function probeTcp({ hostname, port }: URL, signal: AbortSignal): Promise<string | null> {
  if (port === '') return 'has no port';
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
  try {
    await once(socket, 'connect', { signal });
    return null;
  } finally {
    socket.destroy();
  }
}

async function probeHttp(url: URL, signal: AbortSignal): Promise<string | null> {
  const { statusCode, body } = await request(url, { method: 'GET', signal });
  await body.dump();
  return statusCode < 500 ? null : `answered ${statusCode}`;
}

function withoutCredentials(url: URL, address: string): string {
  if (url.username === '' && url.password === '') return address;
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

function problemOf(error: unknown, timeoutMs: number): string {
  const code = errorCode(error);
  if (code !== null && code !== 'ABORT_ERR') return CODES[code] ?? code;
  return `no answer within ${timeoutMs} ms`;
}

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections',
  ENOTFOUND: 'has a name that nobody knows',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
};
