import { createPlatformProbes } from '../../src/adapters/metrics/platform-probes/platform-probes';
import { histogramCount, quantileMs } from '../../src/domain/analysis/histogram';
import type { ProbeQuery, ProbeWindow } from '../../src/ports/probe-source';
import { answerOf } from '../support/http-answer';
import { PlatformHere } from '../support/platform-here';
import { pause } from '../support/until';

const STABLE = `sha256:${'1'.repeat(64)}`;
const CANDIDATE = `sha256:${'2'.repeat(64)}`;
const NOBODY = `sha256:${'3'.repeat(64)}`;
const DEADLINE_MS = 15_000;
const LINGER_MS = 600;
let platform: PlatformHere;
let port: number;
let probes: ReturnType<typeof createPlatformProbes>;

beforeAll(async () => {
  platform = await PlatformHere.open();
  port = await platform.serve([STABLE, CANDIDATE]);
});
afterAll(() => platform.close());

beforeEach(() => {
  probes = open(5_000);
});
afterEach(() => probes.close());

function open(timeoutMs: number): typeof probes {
  const { socketPath } = platform;
  return createPlatformProbes({ socketPath, timeoutMs, lingerMs: LINGER_MS });
}

function ask(path: string, more: Partial<ProbeQuery> = {}): Promise<readonly ProbeWindow[]> {
  const query = {
    ref: { service: 'shop', environment: 'test' },
    revisions: [STABLE, CANDIDATE],
    fromMs: 0,
    toMs: Date.now(),
    probe: { path, perSecond: 20 },
    ...more,
  };
  return probes.windows(query, new AbortController().signal);
}

/** Asks again and again, as a watcher does. */
async function askUntil(
  path: string,
  enough: (windows: readonly ProbeWindow[]) => boolean,
  more: Partial<ProbeQuery> = {},
): Promise<readonly ProbeWindow[]> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const windows = await ask(path, more);
    if (enough(windows) || performance.now() > deadline) return windows;
    await pause(200);
  }
}

test('the first query begins the probing, so it has nothing to tell', async () => {
  expect(await ask('/health')).toEqual([]);
});

test('each revision is probed whatever its weight, in whole windows on the grid, and the router counts none of it', async () => {
  const windows = await askUntil('/seen', (seen) => seen.length >= 2);
  expect(windows.length).toBeGreaterThanOrEqual(2);
  for (const { number, fromMs, intervalMs, revisions } of windows) {
    expect([fromMs, intervalMs]).toEqual([number * 1_000, 1_000]);
    expect(Object.keys(revisions).sort()).toEqual([STABLE, CANDIDATE]);
    expect(fromMs + intervalMs).toBeLessThanOrEqual(Date.now());
    for (const { requests, errors, latency } of Object.values(revisions)) {
      expect(requests).toBeGreaterThan(0);
      expect(requests).toBeLessThanOrEqual(40);
      expect([errors, histogramCount(latency)]).toEqual([0, requests]);
    }
  }
  const { windows: counted } = await platform.client.metrics();
  const requests = counted.flatMap(({ revisions }) => Object.values(revisions));
  expect(requests.reduce((sum, counts) => sum + counts.requests, 0)).toBe(0);
});

test('an answer of 500 and above, one that breaks off and one that does not come in time are errors', async () => {
  probes.close();
  probes = open(400);
  const seen = (windows: readonly ProbeWindow[]): boolean => windows.length > 0;
  for (const path of ['/break', '/half', '/slow?ms=2000']) {
    const [window] = await askUntil(path, seen);
    const { requests = 0, errors } = window?.revisions[CANDIDATE] ?? {};
    expect([path, requests > 0, errors]).toEqual([path, true, requests]);
  }
});

test('latency is the time until the answer begins', async () => {
  const [window] = await askUntil('/slow?ms=150', (windows) => windows.length > 0);
  const { latency = { buckets: [] } } = window?.revisions[STABLE] ?? {};
  expect(quantileMs(latency, 0.01)).toBeGreaterThan(140);
});

test('a revision that is not there is absent, not failing', async () => {
  const revisions = [STABLE, NOBODY];
  const windows = await askUntil('/health', (seen) => seen.length > 0, { revisions });
  expect(windows.length).toBeGreaterThan(0);
  for (const window of windows) expect(Object.keys(window.revisions)).toEqual([STABLE]);
});

test('a service that listens nowhere has no windows, and no error', async () => {
  const ref = { service: 'shop', environment: 'nowhere' };
  expect(await ask('/health', { ref })).toEqual([]);
  await pause(1_500);
  expect(await ask('/health', { ref })).toEqual([]);
});

test('it goes on for a while after the last query, then stops', async () => {
  const seenBy = async (): Promise<number> => {
    const headers = { 'x-belay-route': STABLE };
    const { body } = await answerOf({ port, path: '/seen', headers });
    return (JSON.parse(body) as unknown[]).length;
  };
  const isStill = async (): Promise<boolean> => {
    const then = await seenBy();
    await pause(LINGER_MS);
    return (await seenBy()) === then;
  };
  await askUntil('/digest', (windows) => windows.length > 0);
  // The last query, and the linger.
  await pause(LINGER_MS * 2);
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isStill())) expect(performance.now()).toBeLessThan(deadline);
});

test('a call that was called off begins nothing', async () => {
  const reason = new Error('called off');
  const query = {
    ref: { service: 'shop', environment: 'test' },
    revisions: [STABLE],
    fromMs: 0,
    toMs: 1,
    probe: { path: '/', perSecond: 1 },
  };
  await expect(probes.windows(query, AbortSignal.abort(reason))).rejects.toBe(reason);
});
