import type { MetricsWindow } from '../../src/platform/admin-api';
import { freePort } from '../support/free-port';
import { answerOf } from '../support/http-answer';
import { OpenLoop } from '../support/open-loop';
import type { PlatformClient } from '../support/platform-client';
import { digest, PlatformProcess } from '../support/platform-process';
import { pause } from '../support/until';

const BLUE = digest('b');
const GREEN = digest('a');
const MOST_WAIT_MS = 30_000;
const UPLOAD = { method: 'POST', body: 'whole' };

describe('a gap without any revision, while requests wait at the router', () => {
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
    await client.healthy(BLUE, 2);
    await client.weights({ [BLUE]: 100 });
  });

  afterEach(async () => {
    await client.releaseQueue();
    await client.weights({});
    await client.retire(BLUE, 0);
    await client.retire(GREEN, 0);
  });

  afterAll(() => platform.stop());

  test('loses no request under load while the old revision ends before the new one starts', async () => {
    const load = OpenLoop.start({ port, perSecond: 300 });
    await pause(500);
    expect(await client.queue(MOST_WAIT_MS)).toMatchObject({ isQueueing: true });
    await client.weights({});
    expect(await client.drain(BLUE, 20_000)).toMatchObject({ inFlight: 0, cancelled: 0 });
    expect((await client.retire(BLUE)).fleets).toEqual([]);
    await client.fleet(GREEN, { artifact: GREEN, size: 2 });
    await client.healthy(GREEN, 2);
    await client.weights({ [GREEN]: 100 });
    const gap = await client.releaseQueue();
    await pause(500);
    const answers = await load.stop();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(gap.queued).toBeGreaterThan(10);
    expect(gap.refused).toBe(0);
    expect(gap.longestMs).toBeLessThan(MOST_WAIT_MS);
    expect(await client.view()).toMatchObject({ traffic: { isQueueing: false, waiting: 0 } });
  });

  test('lets a crowd of 2 000 go on at once and loses none of it', async () => {
    await client.queue(60_000);
    const all = Array.from({ length: 2_000 }, (_, index) =>
      answerOf({ port, path: `/${index}`, ...(index % 5 === 0 ? UPLOAD : {}) }),
    );
    await client.waiting(2_000);
    expect(await client.releaseQueue()).toMatchObject({ queued: 2_000, refused: 0 });
    const answers = await Promise.all(all);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const uploads = answers.filter(({ body }) => body.includes('"POST"'));
    expect(uploads.filter(({ body }) => body.includes('"body":"whole"'))).toHaveLength(400);
  });

  test('goes on when the platform is killed in it: a restarted one lets requests wait, too', async () => {
    await client.queue(MOST_WAIT_MS);
    await client.weights({});
    await platform.end('SIGKILL');
    await platform.start();
    const answer = answerOf({ port, path: '/' });
    await client.waiting(1);
    await client.weights({ [BLUE]: 100 });
    await pause(100);
    expect((await client.view()).traffic).toMatchObject({ isQueueing: true, waiting: 1 });
    expect(await client.releaseQueue()).toMatchObject({ queued: 1, refused: 0 });
    expect(await answer).toMatchObject({ status: 200, revision: BLUE });
  });

  test('a platform that leaves answers those that wait at once, and queueing goes on after it', async () => {
    await client.queue(60_000);
    const answer = answerOf({ port, path: '/' });
    await client.waiting(1);
    await platform.end('SIGTERM');
    expect(await answer).toMatchObject({ status: 503, router: 'queue-expired' });
    await platform.start();
    expect((await client.view()).traffic).toMatchObject({ isQueueing: true, waiting: 0 });
  });

  test('a wait is told in the metrics: how many, the longest, and who was refused', async () => {
    await pause(1_100);
    const from = Date.now() - 1_000;
    await client.queue(300);
    await client.weights({});
    const refused = await answerOf({ port, path: '/' });
    expect(refused).toMatchObject({ status: 503, router: 'queue-expired' });
    const isTold = ({ waits }: MetricsWindow): boolean => waits !== undefined;
    const windows = await client.windowsUntil(from, (seconds) => seconds.some(isTold));
    const told = windows.filter(isTold);
    expect(told).toMatchObject([{ waits: { requests: 1 }, router: { 'queue-expired': 1 } }]);
    expect(told[0]?.waits?.longestMs).toBeGreaterThanOrEqual(300);
  });
});
