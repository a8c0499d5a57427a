import type { IncomingMessage } from 'node:http';
import { headerValues } from './hop-by-hop';

/** Where a request wants to go, in the form that an instance gets. */
export interface Target {
  readonly path: string;
  readonly host: string;
}

/** Reads path and host of a request; null where it is not one that may be forwarded. */
export function targetOf(request: IncomingMessage, kind: 'request' | 'upgrade'): Target | null {
  // Nobody parses what follows an upgrade request, so its body could not be told from raw bytes.
  if (kind === 'upgrade' && (hasBody(request) || request.method !== 'GET')) return null;
  const hosts = headerValues(request.rawHeaders, 'host');
  if (hosts.length > 1 || !hasPlainFraming(request)) return null;
  const host = hosts[0];
  const url = request.url ?? '';
  if (url.startsWith('/')) return hostless(request, host) ? null : { path: url, host: host ?? '' };
  return absoluteTarget(url);
}

/** Whether the request carries a body (or may: chunked). */
export function hasBody(request: IncomingMessage): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? 0) > 0;
}

function hostless(request: IncomingMessage, host: string | undefined): boolean {
  return host === undefined && request.httpVersion !== '1.0';
}

/** Only `chunked` can be taken off and put on again; any other coding would reach the instance undeclared. */
function hasPlainFraming(request: IncomingMessage): boolean {
  const codings = headerValues(request.rawHeaders, 'transfer-encoding');
  const lengths = headerValues(request.rawHeaders, 'content-length');
  if (codings.length === 0) return lengths.length <= 1;
  return lengths.length === 0 && codings.length === 1 && codings[0]?.toLowerCase() === 'chunked';
}

function absoluteTarget(url: string): Target | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { host, pathname, search } = new URL(url);
  return { path: `${pathname}${search}`, host };
}
