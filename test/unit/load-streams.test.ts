import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasFailed } from '../../tools/load/classify.mjs';
import { startLoad, type ExpectedStream, type LoadRecord } from '../../tools/load/load.mjs';
import { openStreamReader } from '../../tools/load/stream-reader.mjs';

const servers: Server[] = [];
const CONTENT = 'a whole download';
const download: ExpectedStream = {
  kind: 'download',
  bytes: CONTENT.length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
};
const events: ExpectedStream = { kind: 'events', events: 2 };

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function ask(
  stream: ExpectedStream,
  answer: RequestListener,
  timeoutMs = 10_000,
): Promise<LoadRecord> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mix = () => ({ method: 'GET', path: '/export', stream });
  const load = startLoad({ origin, ratePerSecond: 10, requests: 1, mix, timeoutMs });
  const [record] = await load.done;
  return record!;
}

test('a stream may last longer than a request, as long as something comes', async () => {
  const timeoutMs = 2_000;
  const slowly: RequestListener = (_request, response) => {
    response.writeHead(200).flushHeaders();
    Array.from(CONTENT).forEach((letter, index) =>
      setTimeout(() => response.write(letter), 150 * index),
    );
    setTimeout(() => response.end(), 150 * CONTENT.length);
  };
  const record = await ask(download, slowly, timeoutMs);
  expect(record).toMatchObject({ outcome: 'status', status: 200 });
  expect(record.endedAtMs - record.startedAtMs).toBeGreaterThan(timeoutMs);
  expect(record.answeredAtMs! - record.startedAtMs).toBeLessThan(timeoutMs);
  expect(hasFailed(record)).toBe(false);
});

/** How long a load waits for what does not come; for everything else, as long as a busy machine needs. */
const PATIENCE_MS: Readonly<Record<string, number>> = { TIMEOUT: 200, STALLED: 2_000 };

test.each<readonly [string, string, RequestListener]>([
  ['that never begins', 'TIMEOUT', () => undefined],
  ['that stands still', 'STALLED', (_request, response) => void response.write('a who')],
  ['that ends too early', 'INCOMPLETE', (_request, response) => void response.end('a who')],
  [
    'with other content',
    'INCOMPLETE',
    (_request, response) => void response.end('A WHOLE DOWNLOAD'),
  ],
  [
    'that breaks off',
    'ECONNRESET',
    (request, response) => void response.write('a who', () => request.socket.destroy()),
  ],
  [
    'that the router refuses',
    'status',
    (_request, response) => void response.writeHead(503).end('no instance'),
  ],
])('a download %s has failed (%s)', async (_name, outcome, answer) => {
  const record = await ask(download, answer, PATIENCE_MS[outcome]);
  expect(record.outcome).toBe(outcome);
  expect(hasFailed(record)).toBe(true);
});

test('headers after more than 10 s are a failure, a body of 30 s is none', () => {
  const times = { dueAtMs: 0, startedAtMs: 1_000, endedAtMs: 31_000 };
  const answered = { outcome: 'status', status: 200, revision: null, router: null };
  const record = { id: 'x', method: 'GET', path: '/export', ...times, ...answered };
  expect(hasFailed({ ...record, answeredAtMs: 11_000 })).toBe(false);
  expect(hasFailed({ ...record, answeredAtMs: 11_001 })).toBe(true);
  expect(hasFailed(record)).toBe(true);
});

const PRICES = 'event: price\ndata: {"n":1}\n\nevent: price\ndata: {"n":2}\n\n';
const END = 'event: end\ndata: {"events":2}\n\n';

test.each([
  [true, 'whole', PRICES + END],
  [false, 'without its end', PRICES],
  [false, 'with an end cut short', PRICES + END.slice(0, -1)],
  [false, 'with a gap', PRICES.replace('1', '2') + END],
  [false, 'that ends before its events', END],
  [false, 'that goes on after its end', PRICES + END + PRICES],
])('whole is %s for an event stream %s, however it is cut into pieces', (isWhole, _name, text) => {
  for (const bytes of [1, 7, 1_000]) {
    const reader = openStreamReader(events);
    for (let at = 0; at < text.length; at += bytes) {
      reader.take(Buffer.from(text.slice(at, at + bytes)));
    }
    expect(reader.isWhole()).toBe(isWhole);
  }
});
