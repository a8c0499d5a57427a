import {
  createMemoryTarget,
  type MemoryTarget,
} from '../../../src/adapters/targets/memory/memory-target';
import { quantileMs } from '../../../src/domain/analysis/histogram';
import type { Digest, Revision } from '../../../src/domain/revision';

const ref = { service: 'shop', environment: 'production' };
const signal = new AbortController().signal;
const stable = digest('1');
const candidate = digest('2');

let nowMs: number;
let n: number;
let target: MemoryTarget;

beforeEach(async () => {
  nowMs = 1_700_000_000_000;
  n = 0;
  target = createMemoryTarget({ clock: () => nowMs });
  await target.router.claim({ ref, deploymentId: 'shop-1', runId: 'run-1', after: 0 }, signal);
  await launch(stable);
  await launch(candidate);
});

describe('the memory target', () => {
  it('counts exactly as many requests over any time as the traffic and the weights say', async () => {
    await shift({ [stable]: 95, [candidate]: 5 });
    target.setTraffic(ref, 7);
    const fromMs = nowMs;
    nowMs += 200_000;
    const counted = await countedSince(fromMs);
    expect(counted).toMatchObject({ [stable]: { requests: 1_330 }, [candidate]: { requests: 70 } });
  });

  it('lets the part of the requests fail that a revision is told to fail', async () => {
    await shift({ [stable]: 80, [candidate]: 20 });
    target.behave(candidate, { errorRate: 0.08 });
    target.setTraffic(ref, 100);
    const fromMs = nowMs;
    nowMs += 10_000;
    const counted = await countedSince(fromMs);
    expect(counted[stable]).toMatchObject({ requests: 800, errors: 0 });
    expect(counted[candidate]).toMatchObject({ requests: 200, errors: 16 });
  });

  it('answers with the latency that a revision is told to have', async () => {
    await shift({ [stable]: 100 });
    target.behave(stable, { latencyMs: 250 });
    target.setTraffic(ref, 50);
    const query = { ref, revisions: [stable], fromMs: nowMs, toMs: (nowMs += 1_000) };
    const [window] = await target.metrics.windows(query, signal);
    expect(quantileMs(window!.revisions[stable]!.latency, 0.5)).toBeCloseTo(250, -1.5);
  });

  it('loses some instances by themselves, the oldest first, until they are started again', async () => {
    await shift({ [stable]: 50, [candidate]: 50 });
    await launch(stable, 2);
    target.lose(stable, 1);
    const [before] = await target.fleet.describe(ref, signal);
    expect(before).toMatchObject({ size: 2, healthy: 1 });
    expect(before?.instances[0]).toMatchObject({ health: 'crashed', problem: 'killed' });
    target.lose(stable, 2);
    expect((await target.router.observe(ref, signal)).observed).toEqual({ [candidate]: 100 });
    target.mend(stable);
    const [after] = await target.fleet.describe(ref, signal);
    expect(after).toMatchObject({ size: 2, healthy: 2 });
  });

  it('gives the traffic of a revision that fails its health checks to the other one', async () => {
    await shift({ [stable]: 50, [candidate]: 50 });
    target.behave(candidate, { healthy: false });
    const { commanded, observed } = await target.router.observe(ref, signal);
    expect(commanded).toEqual({ [stable]: 50, [candidate]: 50 });
    expect(observed).toEqual({ [stable]: 100 });
  });

  it('counts failed health checks of an unhealthy revision', async () => {
    target.behave(candidate, { healthy: false });
    const fromMs = nowMs;
    nowMs += 3_000;
    const counted = await countedSince(fromMs);
    expect(counted[candidate]).toMatchObject({ healthChecksPassed: 0, healthChecksFailed: 3 });
  });

  it('has no window for the time in which it was unavailable', async () => {
    const fromMs = nowMs;
    nowMs += 2_000;
    target.setAvailable('down');
    nowMs += 1_500;
    target.setAvailable('up');
    nowMs += 2_500;
    const query = { ref, revisions: [stable], fromMs, toMs: nowMs };
    const windows = await target.metrics.windows(query, signal);
    expect(windows.map((window) => window.fromMs - fromMs)).toEqual([0, 1_000, 4_000, 5_000]);
  });

  it('refuses every call while it is unavailable', async () => {
    target.setAvailable('down');
    const query = { ref, revisions: [stable], fromMs: 0, toMs: nowMs };
    await expect(target.router.observe(ref, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
    });
    await expect(shift({ [stable]: 100 })).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    await expect(target.fleet.describe(ref, signal)).rejects.toMatchObject({
      code: 'PLATFORM_UNAVAILABLE',
    });
    await expect(target.metrics.windows(query, signal)).rejects.toMatchObject({
      code: 'METRICS_UNAVAILABLE',
    });
  });

  it('keeps a journal of what was done, repeats marked', async () => {
    const order = { ref, fence: { epoch: 1, n: (n += 1) }, weights: { [stable]: 100 } };
    await target.router.setWeights(order, signal);
    await target.router.setWeights(order, signal);
    expect(target.journal.map(({ effect, n: place, repeat }) => [effect, place, repeat])).toEqual([
      ['claim', null, false],
      ['ensure', 1, false],
      ['ensure', 2, false],
      ['weights', 3, false],
      ['weights', 3, true],
    ]);
  });

  it('shows a crashed instance with its exit and what it wrote', async () => {
    target.behave(candidate, {
      healthy: false,
      crash: 'exit code 1',
      lines: ['cannot find module'],
    });
    const [, fleet] = await target.fleet.describe(ref, signal);
    expect(fleet).toMatchObject({
      healthy: 0,
      instances: [{ health: 'crashed', problem: 'exit code 1' }],
      lastLines: ['cannot find module'],
    });
  });
});

function launch(revision: Digest, size = 1) {
  return target.fleet.ensure(
    {
      ref,
      fence: { epoch: 1, n: (n += 1) },
      revision: revisionOf(revision),
      size,
      token: `shop-1/${n}`,
    },
    signal,
  );
}

function shift(weights: Readonly<Record<Digest, number>>) {
  return target.router.setWeights({ ref, fence: { epoch: 1, n: (n += 1) }, weights }, signal);
}

async function countedSince(fromMs: number) {
  const query = { ref, revisions: [stable, candidate], fromMs, toMs: nowMs };
  const counted: Record<Digest, Record<string, number>> = {};
  for (const window of await target.metrics.windows(query, signal)) {
    for (const [revision, arm] of Object.entries(window.revisions)) {
      const sum = (counted[revision] ??= {});
      for (const key of [
        'requests',
        'errors',
        'healthChecksPassed',
        'healthChecksFailed',
      ] as const) {
        sum[key] = (sum[key] ?? 0) + arm[key];
      }
    }
  }
  return counted;
}

function revisionOf(digestOf: Digest): Revision {
  return {
    digest: digestOf,
    artifact: digest('a'),
    command: ['node', 'server.js'],
    env: {},
    secrets: [],
    health: {
      path: '/health',
      intervalMs: 1_000,
      timeoutMs: 500,
      healthyAfter: 1,
      unhealthyAfter: 2,
    },
    stopGraceMs: 1_000,
    commit: null,
  };
}

function digest(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}
