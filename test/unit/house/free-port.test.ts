import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort, isFree } from '../../support/free-port';

test('a port that somebody has is not free, and no reason to fail', async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  try {
    expect(await isFree(port)).toBe(false);
  } finally {
    holder.close();
  }
});
