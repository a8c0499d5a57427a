import { once } from 'node:events';
import { connect } from 'node:net';
import { RouterFixture } from '../support/router-fixture';
import { until } from '../support/until';

const STABLE = `sha256:${'1'.repeat(64)}`;

describe('upgrades through the router', () => {
  let router: RouterFixture;

  beforeEach(async () => {
    router = await RouterFixture.open();
  });

  afterEach(() => router.close());

  test('a WebSocket goes through raw, counts once, and a drain cuts it at once', async () => {
    const upstream = await echoUpgrade();
    router.traffic.setWeights({ [STABLE]: 100 });
    const socket = await upgraded();
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    expect(upstream.inFlight).toBe(1);
    expect(upstream.cancel('upgraded')).toBe(1);
    await once(socket, 'close');
    expect(upstream.inFlight).toBe(0);
    expect(router.counts(STABLE)).toMatchObject({ requests: 1, status: { '2xx': 1 } });
  });

  test('a client that ends its WebSocket frees the instance', async () => {
    const upstream = await echoUpgrade();
    router.traffic.setWeights({ [STABLE]: 100 });
    const socket = await upgraded();
    expect(upstream.inFlight).toBe(1);
    socket.destroy();
    await until(() => upstream.inFlight === 0);
  });

  test('an upgrade that the instance declines, or to another protocol, is answered as a plain request', async () => {
    const big = 'x'.repeat(500_000);
    await router.http(STABLE, (request, response) =>
      response.end(`${String(request.headers.upgrade)} ${big}`),
    );
    router.traffic.setWeights({ [STABLE]: 100 });
    const h2c = await router.exchangeToEnd(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n',
    );
    expect(h2c).toMatch(/^HTTP\/1\.1 200 /);
    expect(h2c).toContain('undefined xxx');
    expect(h2c.length).toBeGreaterThan(big.length);
    const websocket = await router.exchangeToEnd(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(websocket).toMatch(/^HTTP\/1\.1 200 /);
    expect(websocket).toContain('websocket xxx');
  });

  test("an upgrade without any weight gets the router's own answer", async () => {
    const answer = await router.exchangeToEnd(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toMatch(/x-belay-router: no-weight/);
  });

  function echoUpgrade(): ReturnType<RouterFixture['raw']> {
    return router.raw(STABLE, (socket) => {
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        );
        socket.pipe(socket);
      });
    });
  }

  async function upgraded(): Promise<ReturnType<typeof connect>> {
    const socket = connect(router.port, '127.0.0.1');
    socket.write(
      'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 101 /);
    expect(head.toString()).toContain(`x-belay-revision: ${STABLE}`);
    return socket;
  }
});
