import { digest, PlatformProcess } from '../support/platform-process';
import type { PlatformClient } from '../support/platform-client';
import { OpenLoop, shareOf } from '../support/open-loop';
import { pause, until } from '../support/until';

const BLUE = digest('b');
const GREEN = digest('a');

describe('traffic of a service behind the platform', () => {
  let platform: PlatformProcess;
  let client: PlatformClient;
  let port: number;
  let load: OpenLoop;

  beforeAll(async () => {
    platform = await PlatformProcess.start();
    client = platform.client();
    platform.store(BLUE);
    platform.store(GREEN);
    await client.claim();
    port = await client.listen();
    await client.fleet(BLUE, { artifact: BLUE, size: 2 });
    await client.healthy(BLUE, 2);
    await client.weights({ [BLUE]: 100 });
  });

  afterEach(async () => {
    await load.stop();
  });

  afterAll(() => platform.stop());

  test('splits exactly, loses nothing over weight changes, drain, retire and a rolling replacement', async () => {
    load = OpenLoop.start({ port, perSecond: 200 });
    await client.fleet(GREEN, { artifact: GREEN, size: 2 });
    await client.healthy(GREEN, 2);
    const shifted = await client.weights({ [BLUE]: 95, [GREEN]: 5 });
    expect(shifted.observed).toEqual({ [BLUE]: 95, [GREEN]: 5 });
    const before = await load.stop();
    // Exact in the order of arrival, and nothing else arrives: one in twenty, wherever it begins to count.
    load = OpenLoop.start({ port, perSecond: 200 });
    await until(() => load.answersSince(0).length >= 400, 30_000);
    const split = await load.stop();
    const greens = split.filter((answer) => answer.revision === GREEN).length;
    expect(Math.abs(greens - split.length * 0.05)).toBeLessThan(1);
    load = OpenLoop.start({ port, perSecond: 200 });
    for (const green of [25, 50, 100]) {
      await client.weights({ [BLUE]: 100 - green, [GREEN]: green });
      await pause(200);
    }
    const after = performance.now();
    expect(await client.drain(BLUE, 20_000)).toMatchObject({ inFlight: 0, cancelled: 0 });
    const view = await client.retire(BLUE);
    expect(view.fleets.map((fleet) => fleet.revision)).toEqual([GREEN]);
    await client.fleet(GREEN, { artifact: GREEN, size: 4 });
    await client.healthy(GREEN, 4);
    await client.fleet(GREEN, { artifact: GREEN, size: 1 });
    await client.fleetUntil(GREEN, (fleet) => fleet.instances.length === 1);
    const answers = [...before, ...split, ...(await load.stop())];
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
    expect(
      shareOf(
        answers.filter((answer) => answer.startedAt > after),
        GREEN,
      ),
    ).toBe(1);
  });
});
