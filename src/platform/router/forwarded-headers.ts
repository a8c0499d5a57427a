import type { IncomingMessage } from 'node:http';
import type { Digest } from '../../domain/revision';
import { REVISION_HEADER, ROUTE_HEADER, ROUTER_HEADER } from '../admin-api';
import { connectionHeaders, headerPairs, type RawHeaders } from './hop-by-hop';

const OURS = new Set<string>([ROUTE_HEADER, REVISION_HEADER, ROUTER_HEADER]);
const FORWARDED = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']);

/**
 * The headers that an instance gets: end-to-end ones as they came, `Host` kept, `x-forwarded-*` added. A peer on
 * loopback is taken for a proxy of this host: what it says about the client is kept; anyone else's word is dropped.
 */
export function requestHeaders(request: IncomingMessage, host: string): string[] {
  const raw = request.rawHeaders;
  const isConnection = connectionHeaders(raw);
  const headers: string[] = ['host', host];
  for (const [name, value] of headerPairs(raw)) {
    if (isDroppedFromRequest(name.toLowerCase(), isConnection)) continue;
    headers.push(name, value);
  }
  headers.push(...forwardedHeaders(request, host));
  return headers;
}

function isDroppedFromRequest(name: string, isConnection: (name: string) => boolean): boolean {
  if (name === 'content-length') return false;
  // The server has answered `Expect` itself before a request gets here.
  return (
    name === 'host' ||
    name === 'expect' ||
    isConnection(name) ||
    OURS.has(name) ||
    FORWARDED.has(name)
  );
}

function forwardedHeaders(request: IncomingMessage, host: string): string[] {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const given = (name: string): string | undefined => {
    if (!isLoopback(peer)) return undefined;
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const before = given('x-forwarded-for');
  return [
    'x-forwarded-for',
    before === undefined ? peer : `${before}, ${peer}`,
    'x-forwarded-proto',
    given('x-forwarded-proto') ?? 'http',
    'x-forwarded-host',
    given('x-forwarded-host') ?? host,
  ];
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/** The headers that the client gets for an instance's answer: end-to-end ones, and which revision gave it. */
export function responseHeaders(raw: RawHeaders, revision: Digest): string[] {
  const isConnection = connectionHeaders(raw);
  const headers: string[] = [];
  for (const [name, value] of headerPairs(raw)) {
    const lower = name.toLowerCase();
    if (lower !== 'content-length' && isConnection(lower)) continue;
    if (!OURS.has(lower)) headers.push(name, value);
  }
  headers.push(REVISION_HEADER, revision);
  return headers;
}
