import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { createHash, randomBytes } from 'node:crypto';
import { answerOf, beginAnswer, type HttpAnswer } from '../support/http-answer';
import { RouterFixture } from '../support/router-fixture';
import { pause, until } from '../support/until';
import { quantileMs } from '../../src/domain/analysis/histogram';

const STABLE = `sha256:${'1'.repeat(64)}`;
const CANDIDATE = `sha256:${'2'.repeat(64)}`;

describe('the router in front of instances', () => {
  let router: RouterFixture;

  beforeEach(async () => {
    router = await RouterFixture.open();
  });

  afterEach(() => router.close());

  test('without weights it answers 503 no-weight with Retry-After, and counts it', async () => {
    await router.http(STABLE, (_request, response) => response.end());
    const answer = await get('/');
    expect(answer).toMatchObject({ status: 503, router: 'no-weight', revision: undefined });
    expect(answer.headers['retry-after']).toBe('1');
    expect(router.endSecond()).toMatchObject({ router: { 'no-weight': 1 }, revisions: {} });
  });

  test('with weight but no healthy instance it answers 503 no-healthy-instance', async () => {
    const upstream = await router.http(STABLE, (_request, response) => response.end());
    router.traffic.setWeights({ [STABLE]: 100 });
    upstream.healthy = false;
    expect(await get('/')).toMatchObject({ status: 503, router: 'no-healthy-instance' });
  });

  test('the share of a revision without healthy instances goes to the others', async () => {
    await router.http(STABLE, (_request, response) => response.end());
    const candidate = await router.http(CANDIDATE, (_request, response) => response.end());
    router.traffic.setWeights({ [STABLE]: 50, [CANDIDATE]: 50 });
    candidate.healthy = false;
    for (let i = 0; i < 4; i += 1) expect((await get('/')).revision).toBe(STABLE);
    expect(router.traffic.view()).toMatchObject({
      commanded: { [STABLE]: 50, [CANDIDATE]: 50 },
      observed: { [STABLE]: 100 },
    });
  });

  test('a weight change holds for the very next request', async () => {
    await router.http(STABLE, (_request, response) => response.end());
    await router.http(CANDIDATE, (_request, response) => response.end());
    for (let i = 0; i < 10; i += 1) {
      const revision = i % 2 === 0 ? STABLE : CANDIDATE;
      router.traffic.setWeights({ [revision]: 100 });
      expect((await get('/')).revision).toBe(revision);
    }
  });

  test('a refused connection marks the instance down and is tried again elsewhere, body included', async () => {
    const dead = router.upstream(STABLE, await router.closedPort());
    await router.http(STABLE, (request, response) => void request.pipe(response));
    router.traffic.setWeights({ [STABLE]: 100 });
    for (let i = 0; i < 3; i += 1) {
      expect(await send('POST', '/', 'the body')).toMatchObject({ status: 200, body: 'the body' });
    }
    expect(dead.healthy).toBe(false);
    const counts = router.counts(STABLE);
    expect(counts).toMatchObject({ requests: 4, status: { '2xx': 3, failed: 1 } });
  });

  test('where the candidate alone refuses, another revision with weight answers', async () => {
    router.upstream(CANDIDATE, await router.closedPort());
    await router.http(STABLE, (_request, response) => response.end());
    router.traffic.setWeights({ [STABLE]: 1, [CANDIDATE]: 99 });
    expect(await get('/')).toMatchObject({ status: 200, revision: STABLE });
    const window = router.endSecond();
    expect(window.revisions[CANDIDATE]?.status.failed).toBe(1);
    expect(window.revisions[STABLE]?.status['2xx']).toBe(1);
    expect(window.router).toEqual({});
  });

  test('where every instance refuses, it answers 502 connect-failed', async () => {
    router.upstream(STABLE, await router.closedPort());
    router.traffic.setWeights({ [STABLE]: 100 });
    expect(await get('/')).toMatchObject({ status: 502, router: 'connect-failed' });
    expect(router.endSecond()).toMatchObject({ router: { 'connect-failed': 1 } });
  });

  test('a reset repeats a GET on another instance at most twice, and never a POST', async () => {
    let hits = 0;
    for (let i = 0; i < 4; i += 1) {
      await router.http(STABLE, (request) => {
        hits += 1;
        request.socket.destroy();
      });
    }
    router.traffic.setWeights({ [STABLE]: 100 });
    expect(await get('/')).toMatchObject({ status: 502, router: 'upstream-reset' });
    expect(hits).toBe(3);
    expect(await send('POST', '/', 'x')).toMatchObject({ status: 502, router: 'upstream-reset' });
    expect(await send('GET', '/', 'a body')).toMatchObject({
      status: 502,
    });
    expect(hits).toBe(5);
    expect(router.counts(STABLE)).toMatchObject({ requests: 5, status: { failed: 5 } });
  });

  test('an instance that does not answer in time gives 504 upstream-timeout, without a second try', async () => {
    let hits = 0;
    const { port } = await silentServer(() => (hits += 1));
    router.upstream(STABLE, port, { headersMs: 200 });
    router.traffic.setWeights({ [STABLE]: 100 });
    expect(await get('/')).toMatchObject({ status: 504, router: 'upstream-timeout' });
    expect(hits).toBe(1);
  });

  test('an answer that breaks off in the middle is cut for the client and counts as failed', async () => {
    await router.http(STABLE, (_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('half', () => response.destroy());
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    await expect(get('/')).rejects.toThrow(/aborted|hang up|reset/i);
    expect(router.counts(STABLE)).toMatchObject({ requests: 1, status: { failed: 1 } });
  });

  test('the header route reaches a revision without weight, uncounted; an unknown one is 404', async () => {
    await router.http(STABLE, (_request, response) => response.end());
    await router.http(CANDIDATE, (request, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    router.traffic.setWeights({ [STABLE]: 100 });
    const routed = await get('/', { 'x-belay-route': CANDIDATE });
    expect(routed).toMatchObject({ status: 200, revision: CANDIDATE });
    expect(routed.body).not.toContain('x-belay-route');
    expect(await get('/', { 'x-belay-route': `sha256:${'9'.repeat(64)}` })).toMatchObject({
      status: 404,
      router: 'unknown-revision',
    });
    expect(router.endSecond()).toMatchObject({ revisions: {}, router: {} });
  });

  test('an instance cannot pose as the router or as another revision, and its hop-by-hop headers end here', async () => {
    await router.http(STABLE, (_request, response) => {
      response.writeHead(200, [
        ['X-Belay-Revision', CANDIDATE],
        ['X-Belay-Router', 'no-weight'],
        ['Connection', 'x-hop'],
        ['X-Hop', '1'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]);
      response.end();
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const { headers } = await get('/');
    expect(headers['x-belay-revision']).toBe(STABLE);
    expect(headers['x-belay-router']).toBeUndefined();
    expect(headers['x-hop']).toBeUndefined();
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('it says where a request came from, and keeps the Host', async () => {
    await router.http(STABLE, (request, response) => response.end(JSON.stringify(request.headers)));
    router.traffic.setWeights({ [STABLE]: 100 });
    const plain = JSON.parse((await get('/', { host: 'shop.test' })).body) as unknown;
    expect(plain).toMatchObject({
      host: 'shop.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.test',
    });
    const proxied = await get('/', {
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-proto': 'https',
    });
    expect(JSON.parse(proxied.body)).toMatchObject({
      'x-forwarded-for': '192.0.2.7, 127.0.0.1',
      'x-forwarded-proto': 'https',
    });
  });

  test('status classes and the time to the headers are counted by revision', async () => {
    await router.http(STABLE, (request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      setTimeout(() => response.end(), 30);
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    for (const status of [200, 204, 304, 404, 500, 503]) await get(`/${status}`);
    const counts = router.counts(STABLE);
    expect(counts).toMatchObject({
      requests: 6,
      status: { '2xx': 2, '3xx': 1, '4xx': 1, '5xx': 2, failed: 0, aborted: 0 },
    });
    expect(quantileMs(counts?.latency ?? { buckets: [] }, 0.5)).toBeGreaterThan(25);
  });

  test('a client that leaves before the answer counts as aborted, and its request is cut', async () => {
    const closed: Promise<unknown>[] = [];
    const upstream = await router.http(STABLE, (request) => {
      closed.push(once(request.socket, 'close'));
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const sent = httpRequest({ port: router.port, path: '/' });
    sent.on('error', () => undefined);
    sent.end();
    await until(() => closed.length > 0);
    sent.destroy();
    await until(() => upstream.inFlight === 0);
    await Promise.all(closed);
    expect(router.counts(STABLE)).toMatchObject({
      requests: 1,
      status: { aborted: 1, failed: 0, '5xx': 0 },
      latency: { buckets: [] },
    });
  });

  test('a client that gives up after a while has waited at least so long', async () => {
    const upstream = await router.http(STABLE, () => undefined);
    router.traffic.setWeights({ [STABLE]: 100 });
    const sent = httpRequest({ port: router.port, path: '/' });
    sent.on('error', () => undefined);
    sent.end();
    await until(() => upstream.inFlight === 1);
    await pause(1_100);
    sent.destroy();
    await until(() => upstream.inFlight === 0);
    const counts = router.counts(STABLE);
    expect(counts?.status.aborted).toBe(1);
    expect(quantileMs(counts?.latency ?? { buckets: [] }, 0.5)).toBeGreaterThan(1_000);
  });

  test('a client that breaks off its upload counts as aborted', async () => {
    const upstream = await router.http(STABLE, (request) => void request.resume());
    router.traffic.setWeights({ [STABLE]: 100 });
    const socket = connect(router.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nbegun');
    await until(() => upstream.inFlight === 1);
    await pause(50);
    socket.destroy();
    await until(() => upstream.inFlight === 0);
    expect(router.counts(STABLE)).toMatchObject({ status: { aborted: 1, failed: 0 } });
  });

  test('a slow reader holds the instance back, and gets everything', async () => {
    const whole = randomBytes(24 * 1024 * 1024);
    let written = 0;
    await router.http(STABLE, (_request, response) => {
      const more = (): void => {
        while (written < whole.length) {
          const chunk = whole.subarray(written, written + 64 * 1024);
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const response = await beginAnswer({ port: router.port, path: '/' });
    response.pause();
    await pause(300);
    expect(written).toBeLessThan(whole.length);
    const hash = createHash('sha256');
    for await (const chunk of response) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  test('an upload comes through whole, and no faster than the instance reads', async () => {
    const whole = randomBytes(16 * 1024 * 1024);
    await router.http(STABLE, (request, response) => {
      const hash = createHash('sha256');
      setTimeout(() => {
        request.on('data', (chunk: Buffer) => hash.update(chunk));
        request.on('end', () => response.end(hash.digest('hex')));
      }, 200);
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const answer = await send('PUT', '/', whole);
    expect(answer.body).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  test('an answer before the end of the upload reaches the client', async () => {
    await router.http(STABLE, (_request, response) => {
      response.writeHead(413, { connection: 'close' });
      response.end('too much');
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const answer = await router.exchange(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nbegun',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('too much');
  });

  test('100-continue, HTTP/1.0, HEAD and absolute targets work', async () => {
    await router.http(STABLE, (request, response) => {
      response.setHeader('content-length', 5);
      response.setHeader(
        'x-saw',
        `${request.method} ${request.url} ${String(request.headers.host)}`,
      );
      request.resume().on('end', () => response.end('hello'));
    });
    router.traffic.setWeights({ [STABLE]: 100 });
    const expecting = await router.exchange(
      'POST /c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab',
    );
    expect(expecting).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    const old = await router.exchange('GET /old HTTP/1.0\r\n\r\n');
    expect(old).toMatch(/^HTTP\/1\.1 200 [^]*hello$/);
    const head = await router.exchange('HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(head).toMatch(/content-length: 5/i);
    expect(head).not.toContain('hello');
    const absolute = await router.exchange(
      'GET http://shop.test/a?b=1 HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    expect(absolute).toMatch(/x-saw: GET \/a\?b=1 shop\.test/);
  });

  function get(path: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return answerOf({ port: router.port, path, headers });
  }

  function send(method: string, path: string, body: string | Buffer): Promise<HttpAnswer> {
    const headers = { 'content-length': String(Buffer.byteLength(body)) };
    return answerOf({ port: router.port, method, path, body, headers });
  }

  async function silentServer(onRequest: () => void): Promise<{ port: number }> {
    const server = createServer(() => onRequest());
    const upstream = await router.serve(CANDIDATE, server);
    router.traffic.remove(upstream);
    return { port: (server.address() as { port: number }).port };
  }
});
