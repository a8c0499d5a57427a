'use strict';

/**
 * A small service for the platform's tests. By environment: EXIT_AFTER_MS ends it with code 3, UNHEALTHY=1 fails its
 * health check, BREAK_FILE makes it unhealthy while that file exists, PREFIX marks its answers, CHATTY writes that
 * many lines at start. It never reads anything else.
 */
const { createServer } = require('node:http');
const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');

const { PORT, EXIT_AFTER_MS, UNHEALTHY, BREAK_FILE, BELAY_INSTANCE_ID, BELAY_REVISION } =
  process.env;
const seen = [];

const routes = {
  '/health': (request, response) => {
    const broken = UNHEALTHY === '1' || (BREAK_FILE !== undefined && existsSync(BREAK_FILE));
    response.writeHead(broken ? 503 : 200).end();
  },
  '/slow': (request, response) => {
    const ms = Number(new URL(request.url, 'http://app').searchParams.get('ms') ?? 1500);
    setTimeout(() => response.end('slow'), ms);
  },
  '/sse': (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write(`data: ${Date.now()}\n\n`), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/env': (request, response) => response.end(JSON.stringify(process.env)),
  '/argv': (request, response) => response.end(JSON.stringify(process.argv.slice(2))),
  '/seen': (request, response) => response.end(JSON.stringify(seen)),
  '/spoof': (request, response) => {
    response.writeHead(200, {
      'x-belay-revision': 'sha256:forged',
      'x-belay-router': 'no-weight',
      connection: 'x-secret-hop, keep-alive',
      'x-secret-hop': 'gone',
      'set-cookie': ['a=1', 'b=2'],
    });
    response.end();
  },
  '/headers': (request, response) => response.end(JSON.stringify(request.rawHeaders)),
  '/break': (request) => request.socket.destroy(),
  '/half': (request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => request.socket.destroy());
  },
  '/big': (request, response) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let left = 320;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(chunk)) return response.once('drain', more);
      }
      response.end();
    };
    more();
  },
  '/digest': (request, response) => {
    const hash = createHash('sha256');
    let length = 0;
    request.on('data', (chunk) => {
      length += chunk.length;
      hash.update(chunk);
    });
    request.on('end', () => response.end(JSON.stringify({ length, sha256: hash.digest('hex') })));
  },
  '/say': (request, response) => {
    console.log(new URL(request.url, 'http://app').searchParams.get('line'));
    response.end();
  },
  '/exit': () => process.exit(9),
};

const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  if (path !== '/health' && path !== '/seen') seen.push(`${request.method} ${request.url}`);
  response.setHeader('x-instance', BELAY_INSTANCE_ID ?? '');
  const route = routes[path];
  if (route !== undefined) return route(request, response);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    response.setHeader('content-type', 'application/json');
    const pid = process.pid;
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        body,
        revision: BELAY_REVISION,
        pid,
      }),
    );
  });
});

server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => undefined);
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  socket.write(head);
  socket.pipe(socket);
});

server.keepAliveTimeout = 75_000;
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${PORT}`));
for (let line = 1; line <= Number(process.env.CHATTY ?? 0); line += 1) console.log(`line ${line}`);
if (EXIT_AFTER_MS !== undefined) {
  setTimeout(() => {
    console.error('giving up');
    process.exit(3);
  }, Number(EXIT_AFTER_MS));
}

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
