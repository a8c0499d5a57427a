import http from 'node:http';
import { openStreamReader } from './stream-reader.mjs';

/**
 * Sends one request, once, and calls `onEnd` exactly once with how it ended: answered to its last byte (`status`), or
 * the error code (`TIMEOUT` after `timeoutMs`, `ECONNRESET` also for an answer that broke off). With `stream` the time
 * counts until the headers, then from piece to piece (`STALLED`), and what did not come as expected is `INCOMPLETE`.
 * `agent: false` opens a connection of its own.
 */
export function send(options, onEnd) {
  const { origin, agent, id, method, path, body, stream = null, timeoutMs } = options;
  const startedAtMs = Date.now();
  const started = performance.now();
  const nowMs = () => startedAtMs + Math.round(performance.now() - started);
  let answer = null;
  let answeredAtMs = null;
  let ended = false;

  const end = (outcome) => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    onEnd({
      startedAtMs,
      endedAtMs: nowMs(),
      outcome,
      status: answer?.statusCode ?? null,
      revision: answer?.headers['x-belay-revision'] ?? null,
      router: answer?.headers['x-belay-router'] ?? null,
      ...(stream === null ? {} : { answeredAtMs }),
    });
  };
  const request = http.request(origin, { agent, method, path, headers: headersOf(id, body) });
  const timer = setTimeout(() => {
    end(answer === null || stream === null ? 'TIMEOUT' : 'STALLED');
    request.destroy();
  }, timeoutMs);

  request.on('error', (error) => end(error.code ?? error.name));
  request.on('response', (response) => {
    answer = response;
    answeredAtMs = nowMs();
    const reader = stream === null ? null : openStreamReader(stream);
    if (reader !== null) timer.refresh();
    response.on('data', (chunk) => {
      if (ended || reader === null) return;
      timer.refresh();
      reader.take(chunk);
    });
    response.on('end', () => end(howItEnded(response, reader)));
    response.on('error', (error) => end(error.code ?? error.name));
    response.on('close', () => end('ECONNRESET'));
  });
  request.on('close', () => end('ECONNRESET'));
  request.end(body);
}

/** A failure says more by its status than by what it lacks. */
function howItEnded(response, reader) {
  if (!response.complete) return 'ECONNRESET';
  if (reader === null || response.statusCode >= 500) return 'status';
  return reader.isWhole() ? 'status' : 'INCOMPLETE';
}

function headersOf(id, body) {
  if (body === undefined) return { 'x-request-id': id };
  return {
    'x-request-id': id,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
}
