import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { MetricsListener } from '../../../src/platform/metrics/metrics-listener';
import { until } from '../../support/until';

test('a port that stays taken leaves nothing behind with each try, and is had once it is free', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const listener = await MetricsListener.open({
    address: { host: '127.0.0.1', port },
    againMs: 2,
    read: () => Promise.resolve(''),
    report: () => undefined,
  });
  const server = Reflect.get(listener, 'server') as Server;
  const counts = (): readonly number[] =>
    ['listening', 'error'].map((event) => server.listenerCount(event));
  try {
    const before = counts();
    let tries = 0;
    server.on('error', () => (tries += 1));
    await until(() => tries >= 12);
    const [listening = 0, error = 0] = before;
    expect(counts()).toEqual([listening, error + 1]);
    holder.close();
    await until(() => listener.address !== null);
    expect(listener.address).toEqual({ host: '127.0.0.1', port });
    expect(server.listenerCount('listening')).toBeLessThanOrEqual(listening);
  } finally {
    holder.close();
    listener.close();
  }
});
