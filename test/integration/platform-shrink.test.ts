import { once } from 'node:events';
import { readFileSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { homeLayout } from '../../src/domain/home-layout';
import type { FleetView } from '../../src/platform/admin-api';
import { freePort } from '../support/free-port';
import { answerOf, beginAnswer } from '../support/http-answer';
import { OpenLoop } from '../support/open-loop';
import { fleetBody, type PlatformClient } from '../support/platform-client';
import { digest, PlatformProcess } from '../support/platform-process';
import { pause, until } from '../support/until';

const BLUE = digest('b');
const GREEN = digest('a');
const ENDS_WITHIN_MS = 30_000;

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

afterEach(async () => {
  await client.weights({});
  await client.retire(BLUE, 0);
  await client.retire(GREEN, 0);
});

afterAll(() => platform.stop());

describe('a fleet that is reduced', () => {
  beforeEach(async () => {
    await client.fleet(BLUE, { artifact: BLUE, size: 3, stopGraceMs: 300 });
    await client.healthy(BLUE, 3);
    await client.weights({ [BLUE]: 100 });
  });

  test('loses no request under load, and is answered when the processes are gone', async () => {
    const before = await client.fleetView(BLUE);
    const load = OpenLoop.start({ port, perSecond: 200 });
    await pause(300);
    const reduced = await client.reduce(BLUE, 1);
    expect(idsOf(reduced)).toEqual(idsOf(before).slice(0, 1));
    expect(reduced).toMatchObject({ size: 1, healthy: 1 });
    expect(pidsOf(before).map(isAlive)).toEqual([true, false, false]);
    await pause(300);
    expect((await load.stop()).filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('a stream and a slow response of an instance that stays survive the end of the others', async () => {
    const [oldest = ''] = idsOf(await client.fleetView(BLUE));
    const stream = await answerFrom(oldest, '/sse');
    // One on each instance; it has no headers before its end.
    const slow = [1, 2, 3].map(() => answerOf({ port, path: '/slow?ms=4000' }));
    await client.inFlight(BLUE, 4);
    await client.reduce(BLUE, 1, 200);
    const [event] = (await once(stream, 'data')) as [Buffer];
    expect(event.toString()).toMatch(/^data: /);
    const answers = await Promise.all(slow);
    const kept = answers.filter(({ headers }) => headers['x-instance'] === oldest);
    expect(kept).toMatchObject([{ status: 200, body: 'slow' }]);
    stream.destroy();
  });

  test('lets what goes end what it has begun, and gives it nothing more', async () => {
    const slow = Array.from({ length: 3 }, () => answerOf({ port, path: '/slow?ms=4000' }));
    await client.inFlight(BLUE, 3);
    const reducing = client.reduce(BLUE, 1, 30_000);
    await client.fleetUntil(BLUE, ({ instances }) => instances[2]?.state === 'draining');
    const [oldest = ''] = idsOf(await client.fleetView(BLUE));
    for (let sent = 0; sent < 6; sent += 1) expect(await instanceOf('/')).toBe(oldest);
    for (const answer of slow) expect(await answer).toMatchObject({ status: 200, body: 'slow' });
    await reducing;
  });

  test('cuts at the bound what does not end', async () => {
    const streams = await Promise.all([1, 2, 3].map(() => beginAnswer({ port, path: '/sse' })));
    for (const stream of streams) stream.on('error', () => undefined);
    const startedAt = performance.now();
    expect(await client.reduce(BLUE, 1, 300)).toMatchObject({ size: 1 });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    await until(() => streams.filter(({ destroyed }) => destroyed).length === 2, ENDS_WITHIN_MS);
    for (const stream of streams) stream.destroy();
  });

  test('gives up what is not healthy first, whatever its age', async () => {
    await client.weights({});
    await client.retire(BLUE, 0);
    const file = join(platform.home, 'break');
    await client.fleet(GREEN, { artifact: GREEN, env: { BREAK_FILE: file } });
    await client.healthy(GREEN, 1);
    writeFileSync(file, '');
    await client.healthy(GREEN, 0);
    await client.fleet(GREEN, { artifact: GREEN, env: { BREAK_FILE: file }, size: 2 });
    // The newer one of the two is made healthy first by stopping the older one.
    const [older] = (await client.fleetView(GREEN)).instances;
    process.kill(older?.pid ?? 0, 'SIGSTOP');
    rmSync(file);
    const both = await client.healthy(GREEN, 1);
    const reduced = await client.reduce(GREEN, 1, 100);
    expect(idsOf(reduced)).toEqual(idsOf(both).slice(1));
    expect(reduced).toMatchObject({ healthy: 1 });
  });

  test('is reduced to its end by a platform that starts in the middle of it', async () => {
    const before = await client.fleetView(BLUE);
    const slow = Array.from({ length: 3 }, () =>
      answerOf({ port, path: '/slow?ms=60000' }).catch(() => null),
    );
    await client.inFlight(BLUE, 3);
    const fence = client.nextFence();
    const reduce = { fence, size: 1, drainMs: 60_000 };
    const reducing = client.ok('POST', `/fleets/${BLUE}/reduce`, reduce).catch(() => null);
    const state = homeLayout(platform.home).platformState;
    await until(() => readFileSync(state, 'utf8').includes('"stopping": true'), ENDS_WITHIN_MS);
    await platform.end('SIGKILL');
    await Promise.all([...slow, reducing]);
    expect(pidsOf(before).map(isAlive)).toEqual([true, true, true]);
    await platform.start();
    const again = await client.ok<FleetView>('POST', `/fleets/${BLUE}/reduce`, reduce);
    expect(idsOf(again)).toEqual(idsOf(before).slice(0, 1));
    expect(pidsOf(before).map(isAlive)).toEqual([true, false, false]);
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200 });
  });

  test.each([
    { change: { size: 0 }, status: 400 },
    { change: { size: 1.5 }, status: 400 },
    { change: { drainMs: -1 }, status: 400 },
  ])('is refused with $change', async ({ change, status }) => {
    const body = { fence: client.nextFence(), size: 1, drainMs: 0, ...change };
    const path = `/v1/services/shop/test/fleets/${BLUE}/reduce`;
    expect(await client.call('POST', path, body)).toMatchObject({ status });
    expect((await client.fleetView(BLUE)).size).toBe(3);
  });

  test('cannot grow beyond what one service may have: the refusal says the sum', async () => {
    const body = fleetBody({ artifact: GREEN, size: 62 }, client.nextFence());
    const refused = await client.call('PUT', `/v1/services/shop/test/fleets/${GREEN}`, body);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'TOO_MANY_INSTANCES' } } });
    expect(refused.body.error?.message).toMatch(/\b65 together\b.*at most 64/);
    expect((await client.view()).fleets.map(({ revision }) => revision)).toEqual([BLUE]);
  });
});

describe('a parked fleet', () => {
  beforeEach(async () => {
    await client.fleet(BLUE, { artifact: BLUE });
    await client.fleet(GREEN, { artifact: GREEN });
    await client.healthy(BLUE, 1);
    await client.healthy(GREEN, 1);
    await client.weights({ [GREEN]: 100 });
  });

  test('is retired at its time and written to the journal, with nobody asking', async () => {
    const [pid = 0] = pidsOf(await client.fleetView(BLUE));
    const untilMs = Date.now() + 2_000;
    const view = await client.park(BLUE, untilMs);
    expect(view.fleets).toMatchObject([
      { revision: BLUE, parkedUntilMs: untilMs },
      { revision: GREEN, parkedUntilMs: null },
    ]);
    await until(() => !isAlive(pid), ENDS_WITHIN_MS);
    expect(Date.now()).toBeGreaterThanOrEqual(untilMs);
    expect(platform.journal()).toContainEqual(
      expect.objectContaining({
        kind: 'expired',
        detail: { revision: BLUE, untilMs, drainMs: 1_000 },
      }),
    );
  });

  test('is retired by the platform that follows, also when its time was over meanwhile', async () => {
    const [pid = 0] = pidsOf(await client.fleetView(BLUE));
    const untilMs = Date.now() + 3_000;
    await client.park(BLUE, untilMs);
    await platform.end('SIGKILL');
    await pause(untilMs - Date.now() + 100);
    expect(isAlive(pid)).toBe(true);
    await platform.start();
    await until(() => !isAlive(pid), ENDS_WITHIN_MS);
    await client.alone(GREEN);
    expect(platform.journal()).toContainEqual(expect.objectContaining({ kind: 'stopped', pid }));
  });

  test('that was given weight goes on serving', async () => {
    const untilMs = Date.now() + 3_000;
    await client.park(BLUE, untilMs);
    await client.weights({ [BLUE]: 100 });
    await pause(untilMs - Date.now() + 1_000);
    expect(await client.fleetView(BLUE)).toMatchObject({ healthy: 1, parkedUntilMs: null });
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200, revision: BLUE });
  });
});

/** An answer that this instance has begun; the others that came on the way are left. */
async function answerFrom(instance: string, path: string): Promise<IncomingMessage> {
  for (let tries = 0; tries < 10; tries += 1) {
    const answer = await beginAnswer({ port, path });
    if (answer.headers['x-instance'] === instance) return answer;
    answer.destroy();
  }
  throw new Error(`${instance} never answered`);
}

async function instanceOf(path: string): Promise<unknown> {
  return (await answerOf({ port, path })).headers['x-instance'];
}

function idsOf({ instances }: FleetView): string[] {
  return instances.map(({ id }) => id);
}

function pidsOf({ instances }: FleetView): number[] {
  return instances.map(({ pid }) => pid ?? 0);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
