import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeLayout } from '../../src/domain/home-layout';
import type { ServiceView } from '../../src/platform/admin-api';
import type { PlatformState } from '../../src/platform/state/platform-state';
import { freePort } from '../support/free-port';
import { answerOf } from '../support/http-answer';
import type { PlatformClient } from '../support/platform-client';
import { digest, PlatformProcess } from '../support/platform-process';
import { pause, until } from '../support/until';
import { wholeLines } from '../support/whole-lines';

const BLUE = digest('b');
const GREEN = digest('a');
const ENDS_WITHIN_MS = 30_000;

describe('a platform that was killed and starts again', () => {
  let platform: PlatformProcess;
  let client: PlatformClient;
  let port: number;

  beforeAll(async () => {
    platform = await PlatformProcess.start();
    client = platform.client();
    platform.store(BLUE);
    platform.store(GREEN);
    await client.claim();
    port = await client.listen(await freePort());
  });

  beforeEach(async () => {
    await client.fleet(BLUE, { artifact: BLUE, size: 2 });
    await client.fleet(GREEN, { artifact: GREEN, size: 1 });
    await client.healthy(BLUE, 2);
    await client.healthy(GREEN, 1);
    await client.weights({ [BLUE]: 80, [GREEN]: 20 });
  });

  afterAll(() => platform.stop());

  test('serves at once with the same processes, weights, port and epoch', async () => {
    const before = await client.view();
    const spawnsBefore = spawnsOf(platform);
    await platform.end('SIGKILL');
    await platform.start();
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200 });
    const after = await client.view();
    expect(pidsOf(after)).toEqual(pidsOf(before));
    expect(after).toMatchObject({
      epoch: before.epoch,
      claim: before.claim,
      listener: before.listener,
      traffic: { commanded: { [BLUE]: 80, [GREEN]: 20 }, observed: { [BLUE]: 80, [GREEN]: 20 } },
    });
    expect(
      after.fleets.flatMap(({ instances }) => instances.map(({ restarts }) => restarts)),
    ).toEqual([0, 0, 0]);
    await client.healthy(BLUE, 2);
    expect(spawnsOf(platform)).toEqual(spawnsBefore);
  });

  test('remembers the fence: a repeat answers as before, older effects are refused', async () => {
    const fence = { epoch: client.epoch, n: client.n };
    await platform.end('SIGKILL');
    await platform.start();
    const put = (n: number, weights: Record<string, number>): Promise<{ status: number }> =>
      client.call('PUT', '/v1/services/shop/test/weights', { fence: { ...fence, n }, weights });
    expect(await put(fence.n, { [BLUE]: 80, [GREEN]: 20 })).toMatchObject({ status: 200 });
    expect(await put(fence.n, { [BLUE]: 100 })).toMatchObject({
      status: 409,
      body: { error: { code: 'FENCE_CONFLICT' } },
    });
    expect(await put(fence.n - 1, { [BLUE]: 100 })).toMatchObject({
      status: 409,
      body: { error: { code: 'FENCED' } },
    });
    expect(await client.claim()).toMatchObject({ epoch: 1 });
  });

  test('starts again what died meanwhile, and serves with the rest until then', async () => {
    const [victim, survivor] = (await client.fleetView(BLUE)).instances;
    await platform.end('SIGKILL');
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    await until(() => !isAlive(victim?.pid ?? 0), ENDS_WITHIN_MS);
    await platform.start();
    for (let i = 0; i < 5; i += 1)
      expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200 });
    const fleet = await client.healthy(BLUE, 2);
    expect(fleet.instances.map(({ id }) => id)).toEqual([victim?.id, survivor?.id]);
    expect(fleet.instances[1]?.pid).toBe(survivor?.pid);
    expect(fleet.instances[0]).toMatchObject({ restarts: 1 });
    expect(fleet.instances[0]?.pid).not.toBe(victim?.pid);
  });

  test('notices the end of a process that an earlier platform spawned', async () => {
    await platform.end('SIGKILL');
    await platform.start();
    const pid = (await client.fleetView(GREEN)).instances[0]?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    const fleet = await client.fleetUntil(GREEN, ({ instances }) => instances[0]?.restarts === 1);
    expect(fleet.instances[0]?.lastExit).toMatch(/earlier platform/);
    await client.healthy(GREEN, 1);
  });

  test('still serves what it had counted; the seconds without a router are a gap', async () => {
    // The second in which a platform starts is never complete.
    await pause(1_100);
    const from = Date.now();
    for (let i = 0; i < 3; i += 1) await answerOf({ port, path: '/' });
    await pause(1_500);
    const before = (await client.metrics(from - 1_000)).windows;
    const written = join(homeLayout(platform.home).platform, 'metrics', 'shop', 'test.jsonl');
    const newest = `"number":${before.at(-1)?.number},`;
    await until(() => wholeLines(written).some((line) => line.includes(newest)), ENDS_WITHIN_MS);
    await platform.end('SIGKILL');
    const killedMs = Date.now();
    await pause(1_000);
    await platform.start();
    await pause(2_100);
    const after = (await client.metrics(from - 1_000)).windows;
    expect(after.slice(0, before.length)).toEqual(before);
    const requests = before.map(({ revisions }) => revisions[BLUE]?.requests ?? 0);
    expect(requests.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    const numbers = after.map(({ number }) => number);
    expect(numbers).not.toContain(Math.floor(killedMs / 1_000));
    expect(numbers.at(-1)).toBeGreaterThan(Math.floor(killedMs / 1_000));
  });

  test('finishes a retirement that it was killed in', async () => {
    await client.weights({ [BLUE]: 100 });
    const pid = (await client.fleetView(GREEN)).instances[0]?.pid ?? 0;
    const slow = answerOf({
      port,
      path: '/slow?ms=60000',
      headers: { 'x-belay-route': GREEN },
    }).catch(() => null);
    await client.inFlight(GREEN, 1);
    const retiring = client.retire(GREEN, 60_000).catch(() => null);
    const state = homeLayout(platform.home).platformState;
    await until(() => readFileSync(state, 'utf8').includes('drainMs'), ENDS_WITHIN_MS);
    await platform.end('SIGKILL');
    await Promise.all([slow, retiring]);
    expect(isAlive(pid)).toBe(true);
    await platform.start();
    await until(() => !isAlive(pid), ENDS_WITHIN_MS);
    await client.alone(BLUE);
  });

  test('finds a process again that was spawned but not written down, and ends one that its state lost', async () => {
    const [known, lost] = (await client.fleetView(BLUE)).instances;
    await platform.end('SIGKILL');
    const path = homeLayout(platform.home).platformState;
    const state = JSON.parse(readFileSync(path, 'utf8')) as PlatformState;
    const fleets = state.services.flatMap((service) => service.fleets);
    for (const fleet of fleets.filter(({ revision }) => revision === BLUE)) {
      const [first] = fleet.instances;
      Object.assign(fleet, { size: 1, instances: [{ ...first, process: null }] });
    }
    writeFileSync(path, JSON.stringify(state));
    await platform.start();
    const { instances } = await client.healthy(BLUE, 1);
    expect(instances).toMatchObject([
      { id: known?.id, pid: known?.pid, restarts: known?.restarts },
    ]);
    await until(() => !isAlive(lost?.pid ?? 0), ENDS_WITHIN_MS);
    expect(platform.journal()).toContainEqual(
      expect.objectContaining({ kind: 'killed-orphan', instance: lost?.id, pid: lost?.pid }),
    );
  });

  test('a state file that cannot be read stops it with a message, and nothing is lost', async () => {
    const before = await client.view();
    await platform.end('SIGKILL');
    const path = homeLayout(platform.home).platformState;
    const good = readFileSync(path);
    writeFileSync(path, 'not json');
    const { code } = await platform.runAnother();
    expect(code).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('not json');
    writeFileSync(path, good);
    await platform.start();
    expect(pidsOf(await client.view())).toEqual(pidsOf(before));
  });

  test('ended by SIGTERM it leaves its services running; a second one does not start', async () => {
    const before = await client.view();
    expect(statSync(platform.socketPath).mode & 0o777).toBe(0o600);
    expect(await platform.runAnother()).toMatchObject({
      code: 0,
      output: expect.stringMatching(/another one already serves this home/) as string,
    });
    await platform.end('SIGTERM');
    for (const pid of pidsOf(before)) expect(isAlive(pid)).toBe(true);
    await platform.start();
    expect(pidsOf(await client.view())).toEqual(pidsOf(before));
  });

  test('shut down with its services it starts each of them anew the next time', async () => {
    const before = await client.view();
    await client.call('POST', '/v1/shutdown', { services: 'stop' });
    await until(() => pidsOf(before).every((pid) => !isAlive(pid)), ENDS_WITHIN_MS);
    await platform.end('SIGTERM');
    await platform.start();
    await client.healthy(BLUE, 2);
    await client.healthy(GREEN, 1);
    expect((await client.view()).traffic.observed).toEqual({ [BLUE]: 80, [GREEN]: 20 });
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200 });
  });

  test('only the owner can read its state', () => {
    expect(statSync(homeLayout(platform.home).platformState).mode & 0o777).toBe(0o600);
  });
});

function pidsOf(view: ServiceView): number[] {
  return view.fleets.flatMap(({ instances }) => instances.map(({ pid }) => pid ?? 0));
}

function spawnsOf(platform: PlatformProcess): unknown[] {
  return platform.journal().filter(({ kind }) => kind === 'spawn');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
