import http from 'node:http';

/**
 * Sends one request, once, and calls `onEnd` exactly once with how it ended: answered to its last byte (`status`), or
 * the error code (`TIMEOUT` after `timeoutMs`, `ECONNRESET` also for an answer that broke off).
 * `agent: false` opens a connection of its own.
 */
export function send({ origin, agent, id, method, path, body, timeoutMs }, onEnd) {
  const startedAtMs = Date.now();
  const started = performance.now();
  let answer = null;
  let ended = false;

  const end = (outcome) => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    onEnd({
      startedAtMs,
      endedAtMs: startedAtMs + Math.round(performance.now() - started),
      outcome,
      status: answer?.statusCode ?? null,
      revision: answer?.headers['x-belay-revision'] ?? null,
      router: answer?.headers['x-belay-router'] ?? null,
    });
  };
  const request = http.request(origin, { agent, method, path, headers: headersOf(id, body) });
  const timer = setTimeout(() => {
    end('TIMEOUT');
    request.destroy();
  }, timeoutMs);

  request.on('error', (error) => end(error.code ?? error.name));
  request.on('response', (response) => {
    answer = response;
    response.on('end', () => end(response.complete ? 'status' : 'ECONNRESET'));
    response.on('error', (error) => end(error.code ?? error.name));
    response.on('close', () => end('ECONNRESET'));
    response.resume();
  });
  request.on('close', () => end('ECONNRESET'));
  request.end(body);
}

function headersOf(id, body) {
  if (body === undefined) return { 'x-request-id': id };
  return {
    'x-request-id': id,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
}
