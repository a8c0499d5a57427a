import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTemporal } from '../../../src/client/connection';
import { temporalAddress } from '../../../src/client/temporal-address';

async function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

describe('connecting to Temporal', () => {
  test('nobody there: tried again until the deadline, then a clear error', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    await expect(connectTemporal({ address, withinMs: 600 })).rejects.toMatchObject({
      code: 'TEMPORAL_UNAVAILABLE',
      message: expect.stringContaining(address) as string,
      next: expect.stringContaining('belay up') as string,
    });
  });

  test('the signal ends the tries early', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const signal = AbortSignal.abort();
    await expect(connectTemporal({ address, withinMs: 60_000, signal })).rejects.toMatchObject({
      code: 'TEMPORAL_UNAVAILABLE',
    });
  });
});

describe('where Temporal is', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'belay-address-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  test('TEMPORAL_ADDRESS wins', () => {
    started(home, '127.0.0.1:9');
    const found = temporalAddress(home, { TEMPORAL_ADDRESS: 'cloud:7233' });
    expect(found).toEqual({ address: 'cloud:7233', from: 'TEMPORAL_ADDRESS' });
  });

  test('else the server that was started in this home', () => {
    started(home, '127.0.0.1:9');
    expect(temporalAddress(home, {})).toEqual({ address: '127.0.0.1:9', from: 'processes' });
  });

  test.each(['', 'not json', '{"temporal":null}', '{"temporal":{"address":7}}'])(
    'else the default: %j',
    (text) => {
      writeFileSync(join(home, 'processes.json'), text);
      expect(temporalAddress(home, {})).toEqual({ address: '127.0.0.1:7233', from: 'default' });
    },
  );
});

function started(home: string, address: string): void {
  writeFileSync(join(home, 'processes.json'), JSON.stringify({ temporal: { address } }));
}
