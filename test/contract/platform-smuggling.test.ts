import { RouterFixture } from '../support/router-fixture';

const REVISION = `sha256:${'1'.repeat(64)}`;
const INNER = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

describe('requests that hide another request', () => {
  let router: RouterFixture;
  let upstreamSaw: string[];
  let bodies: string[];

  beforeEach(async () => {
    upstreamSaw = [];
    bodies = [];
    router = await RouterFixture.open();
    await router.http(REVISION, (request, response) => {
      upstreamSaw.push(`${request.method} ${request.url}`);
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        bodies.push(body);
        response.end('ok');
      });
    });
    router.traffic.setWeights({ [REVISION]: 100 });
  });

  afterEach(() => router.close());

  test.each(['DELETE', 'OPTIONS', 'GET', 'HEAD', 'POST', 'PATCH'])(
    'a chunked %s whose body is a request reaches the instance as one request, body intact',
    async (method) => {
      const length = INNER.length.toString(16);
      const answer = await router.exchange(
        `${method} /outer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${length}\r\n${INNER}\r\n0\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      await router.exchange('GET /next HTTP/1.1\r\nHost: x\r\n\r\n');
      expect(upstreamSaw).toEqual([`${method} /outer`, 'GET /next']);
      expect(bodies[0]).toBe(INNER);
    },
  );

  test.each(['DELETE', 'GET'])(
    'a %s with a length and a request as its body stays one request',
    async (method) => {
      await router.exchange(
        `${method} /outer HTTP/1.1\r\nHost: x\r\nContent-Length: ${INNER.length}\r\n\r\n${INNER}`,
      );
      expect(upstreamSaw).toEqual([`${method} /outer`]);
      expect(bodies).toEqual([INNER]);
    },
  );

  const head = 'POST /outer HTTP/1.1\r\nHost: x\r\n';
  test.each([
    [
      'both length and chunks',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${INNER}`,
    ],
    [
      'chunks and then a length',
      `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${INNER}`,
    ],
    ['two different lengths', `${head}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${INNER}`],
    ['the same length twice', `${head}Content-Length: 2\r\nContent-Length: 2\r\n\r\nab${INNER}`],
    ['a length list', `${head}Content-Length: 0, 44\r\n\r\n${INNER}`],
    ['a signed length', `${head}Content-Length: +4\r\n\r\nabcd${INNER}`],
    [
      'a folded header',
      `${head}X-A: 1\r\n Content-Length: 40\r\nContent-Length: 0\r\n\r\n${INNER}`,
    ],
    ['a folded coding', `${head}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${INNER}`],
    ['space before the colon', `${head}Content-Length : 4\r\n\r\nabcd${INNER}`],
    ['an unknown coding', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${INNER}`],
    [
      'chunked and another coding',
      `${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${INNER}`,
    ],
    [
      'chunked twice',
      `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${INNER}`,
    ],
    ['a bad chunk size', `${head}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${INNER}`],
    [
      'a bare line feed in a chunk',
      `${head}Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n${INNER}`,
    ],
    ['two hosts', `GET /outer HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${INNER}`],
    ['no host', `GET /outer HTTP/1.1\r\n\r\n${INNER}`],
    ['no path', `GET outer HTTP/1.1\r\nHost: x\r\n\r\n${INNER}`],
    [
      'an upgrade with a body',
      `${head}Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabc${INNER}`,
    ],
  ])('%s: refused with bad-request, and nothing after it is read', async (_name, bytes) => {
    const answer = await router.exchangeToEnd(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/x-belay-router: bad-request/i);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(bodies).toEqual([]);
    expect(upstreamSaw.filter((line) => line.includes('smuggled'))).toEqual([]);
    expect(router.endSecond().router).toEqual({ 'bad-request': 1 });
  });

  test('headers that Connection names, and hop-by-hop ones, do not reach the instance', async () => {
    const names: string[][] = [];
    const other = `sha256:${'2'.repeat(64)}`;
    await router.http(other, (request, response) => {
      names.push(Object.keys(request.headers).sort());
      response.end();
    });
    router.traffic.setWeights({ [other]: 100 });
    await router.exchange(
      'GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: keep-alive, X-Internal\r\nX-Internal: 1\r\n' +
        'Keep-Alive: 5\r\nTE: trailers\r\nProxy-Connection: x\r\nX-Kept: 1\r\n\r\n',
    );
    expect(names).toEqual([
      ['connection', 'host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-kept'],
    ]);
  });
});
