import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { startLoad, type LoadRecord } from '../../tools/load/load.mjs';
import { until } from '../support/until';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const places = (records: readonly LoadRecord[]): number[] =>
  records.map(({ id }) => Number(id.split('-')[1])).sort((a, b) => a - b);

test('a server that answers nothing does not slow the sending down', async () => {
  const origin = await serve(() => undefined);
  const load = startLoad({ origin, ratePerSecond: 200, requests: 200, timeoutMs: 3000 });
  const records = await load.done;
  expect(places(records)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(new Set(records.map(({ outcome }) => outcome))).toEqual(new Set(['TIMEOUT']));
  const lastStart = Math.max(...records.map(({ startedAtMs }) => startedAtMs));
  const firstStart = Math.min(...records.map(({ startedAtMs }) => startedAtMs));
  const firstEnd = Math.min(...records.map(({ endedAtMs }) => endedAtMs));
  expect(lastStart - firstStart).toBeGreaterThanOrEqual(950);
  expect(firstEnd).toBeGreaterThan(lastStart);
});

test('what falls due while the event loop stands still is sent afterwards, each once', async () => {
  const origin = await serve((_request, response) => response.end());
  const load = startLoad({ origin, ratePerSecond: 200, requests: 200 });
  const blockedFromMs = Date.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  const blockedToMs = Date.now();
  const records = await load.done;
  expect(places(records)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  const late = records.filter(
    ({ dueAtMs }) => dueAtMs > blockedFromMs + 5 && dueAtMs < blockedToMs - 5,
  );
  expect(late.length).toBeGreaterThanOrEqual(95);
  expect(late.every(({ startedAtMs }) => startedAtMs >= blockedToMs)).toBe(true);
});

test('each request reaches the server once, under its own id, every fifth a POST with a body', async () => {
  const seen: { id: unknown; method: unknown; bytes: number }[] = [];
  const sockets = new Set<unknown>();
  const origin = await serve((request, response) => {
    let bytes = 0;
    sockets.add(request.socket);
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      seen.push({ id: request.headers['x-request-id'], method: request.method, bytes });
      response.end('ok');
    });
  });
  const records = await startLoad({ origin, ratePerSecond: 50, requests: 100 }).done;
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(records.map(({ id }) => id)));
  expect(seen).toHaveLength(100);
  const posts = seen.filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(20);
  expect(posts.every(({ bytes }) => bytes > 0)).toBe(true);
  // 14 connections for one request each; the others are kept and used again.
  expect(sockets.size).toBeGreaterThan(14);
  expect(sockets.size).toBeLessThan(100);
});

test('a reset is recorded once and never sent again', async () => {
  let arrived = 0;
  const origin = await serve((request) => {
    arrived += 1;
    request.socket.destroy();
  });
  const records = await startLoad({ origin, ratePerSecond: 100, requests: 20 }).done;
  expect(arrived).toBe(20);
  expect(records.map(({ outcome, status }) => [outcome, status])).toEqual(
    Array(20).fill(['ECONNRESET', null]),
  );
});

test('an answer that breaks off in its body is a reset, whatever its status was', async () => {
  const origin = await serve((request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => request.socket.destroy());
  });
  const [record] = await startLoad({ origin, ratePerSecond: 10, requests: 1 }).done;
  expect(record).toMatchObject({ outcome: 'ECONNRESET', status: 200 });
});

test('the records carry who answered: the revision or the router', async () => {
  const origin = await serve((request, response) => {
    const byRouter = request.method === 'POST';
    response.statusCode = byRouter ? 503 : 200;
    response.setHeader(byRouter ? 'x-belay-router' : 'x-belay-revision', 'because');
    response.end();
  });
  const records = await startLoad({ origin, ratePerSecond: 200, requests: 5 }).done;
  const [post] = records.filter(({ method }) => method === 'POST');
  const [get] = records.filter(({ method }) => method === 'GET');
  expect(post).toMatchObject({ status: 503, revision: null, router: 'because' });
  expect(get).toMatchObject({ status: 200, revision: 'because', router: null });
});

test('stop awaits what is in flight, and twice gives the same', async () => {
  const held: (() => void)[] = [];
  const origin = await serve((_request, response) => held.push(() => response.end()));
  const load = startLoad({ origin, ratePerSecond: 100 });
  await until(() => held.length >= 10);
  const { sent, inFlight } = load.counts();
  expect(inFlight).toBe(sent);
  const stopped = load.stop();
  await until(() => held.length === sent);
  held.forEach((answer) => answer());
  const records = await stopped;
  expect(records).toHaveLength(load.counts().sent);
  expect(records.every(({ outcome }) => outcome === 'status')).toBe(true);
  expect(await load.stop()).toBe(records);
});
