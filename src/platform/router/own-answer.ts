import type { ServerResponse } from 'node:http';
import { ROUTER_HEADER, type RouterReason } from '../admin-api';

const STATUS: Record<RouterReason, number> = {
  'no-weight': 503,
  'no-healthy-instance': 503,
  'connect-failed': 502,
  'upstream-reset': 502,
  'upstream-timeout': 504,
  'unknown-revision': 404,
  'queue-expired': 503,
  'queue-full': 503,
  'bad-request': 400,
};

const TEXT: Record<RouterReason, string> = {
  'no-weight': 'No revision takes traffic here.',
  'no-healthy-instance': 'No healthy instance can take this request.',
  'connect-failed': 'The instance does not accept connections.',
  'upstream-reset': 'The instance ended the connection before it answered.',
  'upstream-timeout': 'The instance did not answer in time.',
  'unknown-revision': 'No such revision runs here.',
  'queue-expired': 'No revision took traffic for as long as this request could wait.',
  'queue-full': 'Too many requests wait here already.',
  'bad-request': 'The request is not well-formed HTTP.',
};

const RETRY_AFTER_SECONDS = 1;

/** Answers in the router's own name. Nothing happens where the answer has begun or the client is gone. */
export function answerOurselves(response: ServerResponse, reason: RouterReason): void {
  if (response.headersSent || response.destroyed) return;
  const body = `${TEXT[reason]}\n`;
  const headers: Record<string, string | number> = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...ownHeaders(reason),
  };
  // An unread body would otherwise be taken for the next request, or be read to its end for nothing.
  if (reason === 'bad-request' || !response.req.complete) headers['connection'] = 'close';
  response.writeHead(STATUS[reason], headers);
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** The same for a socket on which no request could be parsed; the connection ends. */
export function rawBadRequest(status: 400 | 408 | 431): string {
  const text = {
    400: 'Bad Request',
    408: 'Request Timeout',
    431: 'Request Header Fields Too Large',
  }[status];
  return `HTTP/1.1 ${status} ${text}\r\n${ROUTER_HEADER}: bad-request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
}

function ownHeaders(reason: RouterReason): Record<string, string | number> {
  const retry = STATUS[reason] >= 500 ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  return { [ROUTER_HEADER]: reason, ...retry };
}
