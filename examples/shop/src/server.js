'use strict';

/**
 * The shop's process: listens on PORT, answers, writes one JSON line a request to stdout, and on SIGTERM stops
 * accepting, finishes what it has begun, and exits.
 *
 * A line is `{"id","method","path","status","durationMs"}`. `id` is the caller's `x-request-id` (or one made here), so
 * that whoever saw a request fail can ask whether this instance ever had it. Status 499: the caller left first.
 */

const http = require('node:http');
const { randomUUID } = require('node:crypto');
const { pipeline, Readable } = require('node:stream');
const { createDefect } = require('./defect');
const revision = require('./revision.json');
const { createShop } = require('./shop');

/** Longer than the router's, so that the router is always the one who closes an idle connection. */
const KEEP_ALIVE_MS = 80_000;
const FINISH_WITHIN_MS = 10_000;

const shop = createShop(revision);
const defect = createDefect(revision.defect);
let stopping = false;

const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  const startedAtMs = performance.now();
  const id = requestId(request);
  response.once('close', () => {
    log(request, response, { id, durationMs: performance.now() - startedAtMs });
    if (stopping) setImmediate(() => server.closeIdleConnections());
  });
  answer(request)
    .catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      return { status: 500, body: { error: 'internal error' } };
    })
    .then((reply) => send(response, id, reply));
});

server.on('error', (error) => {
  process.stderr.write(`shop: cannot listen: ${error.message}\n`);
  process.exit(1);
});
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => {
  const { port } = server.address();
  process.stdout.write(
    `${JSON.stringify({ event: 'listening', revision: revision.revision, port })}\n`,
  );
});

async function answer(request) {
  const path = pathOf(request);
  if (path === '/health')
    return { status: 200, body: { status: 'ok', revision: revision.revision } };
  return defect.around(() => shop.answer(request, path));
}

function send(response, id, reply) {
  const { status, contentType = 'application/json', headers = {} } = reply;
  const text = reply.chunks === undefined ? textOf(reply, contentType) : null;
  response.writeHead(status, {
    'content-type': `${contentType}; charset=utf-8`,
    ...(text === null ? {} : { 'content-length': Buffer.byteLength(text) }),
    'x-request-id': id,
    'x-shop-revision': String(revision.revision),
    ...(stopping ? { connection: 'close' } : {}),
    ...headers,
  });
  if (text !== null || response.req.method === 'HEAD') response.end(text);
  else stream(response, reply.chunks);
}

function textOf({ body }, contentType) {
  return contentType === 'application/json' ? `${JSON.stringify(body)}\n` : body;
}

/** The headers go out at once. A caller who leaves early is in the log already. */
function stream(response, chunks) {
  response.flushHeaders();
  pipeline(Readable.from(chunks), response, () => undefined);
}

/** Probes carry no id and would only bury the requests. */
function log(request, response, { id, durationMs }) {
  const path = pathOf(request);
  if (path === '/health' && request.headers['x-request-id'] === undefined) return;
  const status = response.writableFinished ? response.statusCode : 499;
  const line = {
    id,
    method: request.method,
    path,
    status,
    durationMs: Number(durationMs.toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function requestId(request) {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

function pathOf(request) {
  return (request.url ?? '/').split('?', 1)[0];
}

function stop() {
  stopping = true;
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS).unref();
}
