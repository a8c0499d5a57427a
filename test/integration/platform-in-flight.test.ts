import { once } from 'node:events';
import { answerOf, beginAnswer } from '../support/http-answer';
import { OpenLoop } from '../support/open-loop';
import type { PlatformClient } from '../support/platform-client';
import { digest, PlatformProcess } from '../support/platform-process';
import { pause, until } from '../support/until';

const BLUE = digest('b');
const GREEN = digest('a');

describe('requests that are in flight while something changes', () => {
  let platform: PlatformProcess;
  let client: PlatformClient;
  let port: number;

  beforeAll(async () => {
    platform = await PlatformProcess.start();
    client = platform.client();
    platform.store(BLUE);
    platform.store(GREEN);
    await client.claim();
    port = await client.listen();
  });

  beforeEach(async () => {
    await client.fleet(BLUE, { artifact: BLUE, size: 2, stopGraceMs: 300 });
    await client.fleet(GREEN, { artifact: GREEN, size: 1, stopGraceMs: 300 });
    await client.healthy(BLUE, 2);
    await client.healthy(GREEN, 1);
    await client.weights({ [BLUE]: 100 });
  });

  afterEach(async () => {
    await client.weights({});
    await client.retire(BLUE, 0);
    await client.retire(GREEN, 0);
  });

  afterAll(() => platform.stop());

  test('long requests survive weight change, drain and retirement of their revision', async () => {
    const slow = Array.from({ length: 6 }, () => answerOf({ port, path: '/slow?ms=3000' }));
    await client.inFlight(BLUE, 6);
    await client.weights({ [GREEN]: 100 });
    expect((await client.view()).traffic.inFlight[BLUE]).toBe(6);
    const drained = await client.drain(BLUE, 30_000);
    expect(drained).toMatchObject({ inFlight: 0, cancelled: 0 });
    await client.retire(BLUE);
    const answers = await Promise.all(slow);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(6).fill([200, 'slow']));
  });

  test('a retirement alone waits for them too', async () => {
    const slow = answerOf({ port, path: '/slow?ms=3000' });
    await client.inFlight(BLUE, 1);
    await client.weights({ [GREEN]: 100 });
    await client.retire(BLUE, 30_000);
    expect(await slow).toMatchObject({ status: 200, body: 'slow' });
  });

  test('a drain cuts what is left at its deadline and says how much', async () => {
    const slow = answerOf({ port, path: '/slow?ms=60000' });
    await client.inFlight(BLUE, 1);
    await client.weights({ [GREEN]: 100 });
    expect(await client.drain(BLUE, 300)).toMatchObject({ inFlight: 0, cancelled: 1 });
    expect(await slow).toMatchObject({ status: 502, router: 'upstream-reset' });
  });

  test('weight given to a draining revision ends the drain at once: the way back is never blocked', async () => {
    const slow = answerOf({ port, path: '/slow?ms=4000' });
    await client.inFlight(BLUE, 1);
    await client.weights({ [GREEN]: 100 });
    const drained = client.drain(BLUE, 20_000);
    await client.fleetUntil(BLUE, ({ instances }) => instances[0]?.state === 'draining');
    expect((await client.weights({ [BLUE]: 100 })).observed).toEqual({ [BLUE]: 100 });
    expect(await drained).toMatchObject({ cancelled: 0, inFlight: 1 });
    expect(await answerOf({ port, path: '/' })).toMatchObject({ status: 200, revision: BLUE });
    expect(await slow).toMatchObject({ status: 200 });
  });

  test('an event stream lives on through weight changes', async () => {
    const stream = await beginAnswer({ port, path: '/sse' });
    for (const green of [5, 50, 100, 0]) {
      await client.weights({ [BLUE]: 100 - green, [GREEN]: green });
      await pause(50);
      const [event] = (await once(stream, 'data')) as [Buffer];
      expect(event.toString()).toMatch(/^data: /);
    }
    stream.destroy();
  });

  test('of kill -9 on one of two instances only non-idempotent requests in flight may fail', async () => {
    const load = OpenLoop.start({ port, perSecond: 200 });
    await until(() => load.answersSince(0).length > 100, 30_000);
    const [victim] = (await client.fleetView(BLUE)).instances;
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    const fleet = await client.fleetUntil(
      BLUE,
      ({ healthy, instances }) => healthy === 2 && instances[0]?.restarts === 1,
    );
    expect(fleet.instances[0]).toMatchObject({ lastExit: 'killed by SIGKILL' });
    await until(() => load.answersSince(0).length > 200, 30_000);
    const answers = await load.stop();
    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.filter(({ method }) => method === 'GET')).toEqual([]);
    // Of 32 connections a fifth uploads; a machine that stands still for a moment has a request on each of them.
    expect(failed.length).toBeLessThanOrEqual(7);
  });

  test('every attempt is counted, and the counts agree with what the client saw', async () => {
    const from = Date.now();
    await pause(1_000 - (from % 1_000) + 20);
    const load = OpenLoop.start({ port, perSecond: 100 });
    await pause(1_500);
    const answers = await load.stop();
    await pause(1_020);
    const { windows } = await client.metrics(from);
    const counted = windows.map((window) => window.revisions[BLUE]?.requests ?? 0);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(answers.length);
    expect(windows.map(({ number }) => number)).toEqual(
      windows.map((_, i) => (windows[0]?.number ?? 0) + i),
    );
  });
});
