import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenHost } from '../../../src/platform/listen-host';
import { Platform } from '../../../src/platform/platform';
import type { ServiceView } from '../../../src/platform/admin-api';

describe('the listen host of a platform', () => {
  test('is loopback unless somebody says otherwise', () => {
    expect(listenHost(undefined, {})).toBe('127.0.0.1');
    expect(listenHost(undefined, { BELAY_LISTEN_HOST: '' })).toBe('127.0.0.1');
  });

  test('comes from the flag before the environment', () => {
    const env = { BELAY_LISTEN_HOST: '0.0.0.0' };
    expect(listenHost(undefined, env)).toBe('0.0.0.0');
    expect(listenHost('::', env)).toBe('::');
  });

  test.each(['localhost', '0.0.0.0:8080', '256.1.1.1', '*', ''])('is never %j', (given) => {
    expect(listenHost(given, {})).toBeNull();
  });
});

describe('a listener whose order names no host', () => {
  let home = '';
  let platform: Platform | null = null;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'belay-listen-'));
  });
  afterEach(async () => {
    await platform?.close('stop');
    platform = null;
    rmSync(home, { recursive: true, force: true });
  });

  async function start(host?: string): Promise<Platform> {
    await platform?.close('leave');
    platform = await Platform.open({ home, ...(host === undefined ? {} : { listenHost: host }) });
    return platform;
  }

  function listen(n: number, order: { port: number; host?: string }): Promise<ServiceView> {
    if (platform === null) throw new Error('no platform');
    return platform.service('shop', 'test').setListener({ fence: { epoch: 1, n }, ...order });
  }

  async function listenerNow(): Promise<ServiceView['listener']> {
    return (await platform?.service('shop', 'test').view())?.listener ?? null;
  }

  async function claimed(host?: string): Promise<void> {
    const claim = { deploymentId: 'd1', runId: 'r1', after: 0 };
    await (await start(host)).claim('shop', 'test', claim);
  }

  test('is reached from where the platform listens', async () => {
    await claimed('0.0.0.0');
    const { listener } = await listen(1, { port: 0 });
    expect(listener?.host).toBe('0.0.0.0');
    // All of 127.0.0.0/8 is this host: an address that a listener on 127.0.0.1 does not have.
    if (process.platform === 'linux') await reach('127.0.0.2', listener?.port ?? 0);
    await reach('127.0.0.1', listener?.port ?? 0);
  });

  test('moves with the platform, so that the next deployment finds its port its own', async () => {
    await claimed();
    const port = (await listen(1, { port: 0 })).listener?.port ?? 0;
    await start('0.0.0.0');
    expect(await listenerNow()).toEqual({ host: '0.0.0.0', port });
    await reach('127.0.0.1', port);
    expect((await listen(2, { port })).listener).toEqual({ host: '0.0.0.0', port });
    await start();
    expect(await listenerNow()).toEqual({ host: '127.0.0.1', port });
  });

  test('leaves one that was ordered with a host where it is', async () => {
    await claimed();
    const port = (await listen(1, { host: '127.0.0.1', port: 0 })).listener?.port ?? 0;
    await start('0.0.0.0');
    expect(await listenerNow()).toEqual({ host: '127.0.0.1', port });
  });
});

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2_000 }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
  });
}
