import { once } from 'node:events';
import { connect } from 'node:net';
import { createHash } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { quantileMs } from '../../src/domain/analysis/histogram';
import { answerOf } from '../support/http-answer';
import { RouterFixture } from '../support/router-fixture';
import { pause, until } from '../support/until';

const STABLE = `sha256:${'1'.repeat(64)}`;
const CANDIDATE = `sha256:${'2'.repeat(64)}`;
const UPGRADE = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

describe('requests that wait at the router', () => {
  let router: RouterFixture;
  /** What the instances were asked, in their order. */
  let asked: string[];

  beforeEach(async () => {
    router = await RouterFixture.open();
    asked = [];
    await router.http(STABLE, (received, response) => {
      asked.push(received.url ?? '');
      response.end('stable');
    });
    router.traffic.setWeights({ [STABLE]: 100 });
  });

  afterEach(() => router.close());

  test('are given to an instance at the release, by the weights of that moment', async () => {
    queue(60_000);
    const answers = [];
    for (let index = 0; index < 20; index += 1) {
      answers.push(answerOf({ port: router.port, path: `/${index}` }));
      await waiting(index + 1);
    }
    expect(asked).toEqual([]);
    await router.http(CANDIDATE, (received, response) => {
      asked.push(received.url ?? '');
      response.end('candidate');
    });
    router.traffic.setWeights({ [CANDIDATE]: 100 });
    expect(router.room.release()).toMatchObject({ queued: 20, refused: 0 });
    const all = await Promise.all(answers);
    expect(all.map(({ status, revision }) => [status, revision])).toEqual(
      Array(20).fill([200, CANDIDATE]),
    );
    expect([...asked].sort()).toEqual(all.map((_, index) => `/${index}`).sort());
  });

  test('are told with the metrics of the second in which their wait ended', async () => {
    queue(60_000);
    const answer = answerOf({ port: router.port, path: '/' });
    await waiting(1);
    await pause(1_500);
    router.room.release();
    expect(await answer).toMatchObject({ status: 200 });
    const { waits, revisions } = router.endSecond();
    expect(waits?.requests).toBe(1);
    expect(waits?.longestMs).toBeGreaterThanOrEqual(1_400);
    // The wait is no part of the instance's latency.
    const latency = revisions[STABLE]?.latency ?? { buckets: [] };
    expect(quantileMs(latency, 0.5)).toBeLessThan(1_300);
    expect(router.endSecond().waits).toBeUndefined();
  });

  test('a POST body that is sent while requests wait arrives whole, unread until then', async () => {
    const body = Buffer.alloc(5_000_000, 'belay ');
    const digest = createHash('sha256').update(body).digest('hex');
    const received = createHash('sha256');
    let headers: IncomingMessage['headers'] = {};
    await router.http(CANDIDATE, (upload, response) => {
      ({ headers } = upload);
      upload.on('data', (chunk: Buffer) => received.update(chunk));
      upload.on('end', () => response.end(received.digest('hex')));
    });
    queue(60_000);
    const path = '/upload';
    const sent = request({
      host: '127.0.0.1',
      port: router.port,
      path,
      method: 'POST',
      agent: false,
      headers: { 'x-mine': 'kept' },
    });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.end(body);
    await waiting(1);
    await pause(200);
    // Held back: most of it is still with the client, or in the kernel's buffers.
    expect(sent.writableFinished).toBe(false);
    router.traffic.setWeights({ [CANDIDATE]: 100 });
    router.room.release();
    const [response] = await answered;
    expect(String((await once(response, 'data'))[0])).toBe(digest);
    expect(headers).toMatchObject({ 'x-mine': 'kept', 'content-length': '5000000' });
  });

  test('go on when their time is over where somebody can serve: nobody may be left to release them', async () => {
    queue(80);
    expect(await answerOf({ port: router.port, path: '/' })).toMatchObject({ status: 200 });
    expect(router.room.release()).toMatchObject({ queued: 1, refused: 0 });
  });

  test('are answered 503 with Retry-After when their time is over and nobody serves, and counted', async () => {
    queue(80);
    router.traffic.setWeights({});
    const answer = await answerOf({ port: router.port, path: '/', method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 503, router: 'queue-expired' });
    expect(answer.headers['retry-after']).toBe('1');
    expect(asked).toEqual([]);
    expect(router.endSecond()).toMatchObject({
      router: { 'queue-expired': 1 },
      waits: { requests: 1 },
      revisions: {},
    });
  });

  test('are answered 503 at once where as many wait as there is room for', async () => {
    queue(60_000);
    const held = Array.from({ length: 50 }, () => answerOf({ port: router.port, path: '/' }));
    await waiting(50);
    expect(await answerOf({ port: router.port, path: '/' })).toMatchObject({
      status: 503,
      router: 'queue-full',
    });
    expect(router.room.release()).toMatchObject({ queued: 51, refused: 1 });
    for (const answer of held) expect(await answer).toMatchObject({ status: 200 });
    expect(router.endSecond().router).toEqual({ 'queue-full': 1 });
  });

  test('end with their client: nobody is asked for one that left', async () => {
    queue(60_000);
    const socket = connect(router.port, '127.0.0.1');
    socket.write('GET /left HTTP/1.1\r\nHost: x\r\n\r\n');
    await waiting(1);
    socket.destroy();
    await waiting(0);
    expect(router.room.release()).toMatchObject({ queued: 1, refused: 0 });
    await pause(50);
    expect(asked).toEqual([]);
    expect(router.counts(STABLE)).toBeUndefined();
  });

  test('do not include those that choose their revision by header', async () => {
    queue(60_000);
    const headers = { 'x-belay-route': STABLE };
    expect(await answerOf({ port: router.port, path: '/smoke', headers })).toMatchObject({
      status: 200,
      revision: STABLE,
    });
    expect(router.room.release()).toMatchObject({ queued: 0 });
  });

  test('may be several of one connection, answered in order', async () => {
    queue(60_000);
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const answers = router.exchange(`${get('/a')}${get('/b')}${get('/c')}`);
    await waiting(3);
    router.room.release();
    expect((await answers).match(/stable/g)).toHaveLength(3);
    expect(asked).toEqual(['/a', '/b', '/c']);
  });

  test('several of one connection leave with it', async () => {
    queue(60_000);
    const socket = connect(router.port, '127.0.0.1');
    socket.write('GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n');
    await waiting(2);
    socket.destroy();
    await waiting(0);
    expect(router.room.release()).toMatchObject({ queued: 2, refused: 0 });
  });

  test('may be upgrades, which go through raw then', async () => {
    const upstream = await echoUpgrade();
    queue(60_000);
    const socket = connect(router.port, '127.0.0.1');
    socket.write(UPGRADE);
    await waiting(1);
    // What a client sends without waiting for the answer is kept, too.
    socket.write('early');
    router.traffic.setWeights({ [CANDIDATE]: 100 });
    router.room.release();
    let received = '';
    socket.on('data', (chunk) => (received += String(chunk)));
    await until(() => received.endsWith('early'));
    expect(received).toMatch(/^HTTP\/1\.1 101 /);
    expect(upstream.inFlight).toBe(1);
    socket.destroy();
  });

  test.each(['end', 'destroy'] as const)('an upgrade leaves with its client (%s)', async (how) => {
    queue(60_000);
    const socket = connect(router.port, '127.0.0.1');
    socket.write(UPGRADE);
    await waiting(1);
    socket[how]();
    await waiting(0);
    if (!socket.destroyed) await once(socket, 'close');
    expect(router.room.release()).toMatchObject({ queued: 1, refused: 0 });
  });

  test('an upgrade is answered 503 when its time is over and nobody serves', async () => {
    queue(80);
    router.traffic.setWeights({});
    const answer = await router.exchangeToEnd(UPGRADE);
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toContain('x-belay-router: queue-expired');
  });

  test('what was in flight before is not touched', async () => {
    let answerNow: () => void = () => undefined;
    await router.http(CANDIDATE, (_, response) => {
      answerNow = () => response.end('late');
      asked.push('late');
    });
    router.traffic.setWeights({ [CANDIDATE]: 100 });
    const before = answerOf({ port: router.port, path: '/' });
    await until(() => asked.includes('late'));
    queue(60_000);
    answerNow();
    expect(await before).toMatchObject({ status: 200, body: 'late' });
    expect(router.room.release()).toMatchObject({ queued: 0 });
  });

  function queue(mostWaitMs: number): void {
    router.room.open({ sinceMs: Date.now(), mostWaitMs });
  }

  function waiting(count: number): Promise<void> {
    return until(() => router.room.waitingNow === count);
  }

  function echoUpgrade() {
    return router.raw(CANDIDATE, (socket) => {
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
        );
        socket.pipe(socket);
      });
    });
  }
});
