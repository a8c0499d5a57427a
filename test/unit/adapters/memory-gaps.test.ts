import {
  createMemoryTarget,
  type MemoryTarget,
} from '../../../src/adapters/targets/memory/memory-target';
import type { Digest } from '../../../src/domain/revision';

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

describe('a gap of the memory target', () => {
  it('counts who waits as no request of any revision, and remembers how long they stood', async () => {
    await shift({ [stable]: 100 });
    target.setTraffic(ref, 10);
    const fromMs = nowMs;
    nowMs += 1_000;
    await queue(4_000);
    nowMs += 3_000;
    expect(target.longestWaitMs(ref)).toBe(3_000);
    expect(await release()).toEqual({ queued: 30, longestMs: 3_000, refused: 0 });
    nowMs += 1_000;
    expect(await requestsSince(fromMs)).toBe(20);
    expect(target.longestWaitMs(ref)).toBe(3_000);
  });

  it('refuses of those who wait whoever has stood longer than the bound of that moment', async () => {
    target.setTraffic(ref, 10);
    await queue(1_000);
    nowMs += 3_000;
    await queue(60_000);
    nowMs += 2_000;
    target.setTraffic(ref, 0);
    nowMs += 500;
    expect(await release()).toEqual({ queued: 50, longestMs: 3_500, refused: 20 });
  });

  it('has no wait where nobody came in the gap', async () => {
    await queue(1_000);
    nowMs += 3_000;
    expect(await release()).toEqual({ queued: 0, longestMs: 0, refused: 0 });
    expect(target.longestWaitMs(ref)).toBe(0);
  });
});

describe('a fleet of the memory target that grows smaller', () => {
  it('gives up instances that still start before healthy ones', async () => {
    target.behave(stable, { startsInMs: 5_000 });
    nowMs += 5_000;
    const [fleet] = await target.fleet.describe(ref, signal);
    await launch(stable, 3);
    const order = { ref, fence: fence(), revision: stable, drainMs: 0 };
    const reduced = await target.fleet.reduce({ ...order, size: 1 }, signal);
    expect(reduced.instances).toEqual(fleet?.instances);
  });

  it('retires a parked fleet at its time, whenever somebody looks, and says so in the journal', async () => {
    const untilMs = nowMs + 10_000;
    const park = {
      ref,
      fence: fence(),
      revision: candidate,
      untilMs,
      drainMs: 0,
    };
    await target.fleet.park(park, signal);
    nowMs = untilMs - 1;
    expect(await target.fleet.describe(ref, signal)).toHaveLength(2);
    nowMs = untilMs + 60_000;
    await shift({ [stable]: 100 });
    expect(target.journal.slice(-3)).toMatchObject([
      { effect: 'park', n: 3 },
      { effect: 'expire', n: null, atMs: untilMs, detail: { revision: candidate } },
      { effect: 'weights', n: 4 },
    ]);
    expect(await target.fleet.describe(ref, signal)).toHaveLength(1);
  });
});

function fence() {
  n += 1;
  return { epoch: 1, n };
}

function queue(mostWaitMs: number) {
  return target.router.queueRequests({ ref, fence: fence(), mostWaitMs }, signal);
}

function release() {
  return target.router.releaseRequests({ ref, fence: fence() }, signal);
}

function shift(weights: Readonly<Record<Digest, number>>) {
  return target.router.setWeights({ ref, fence: fence(), weights }, signal);
}

function launch(revision: Digest, size = 1) {
  return target.fleet.ensure(
    {
      ref,
      fence: fence(),
      revision: {
        digest: revision,
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
      },
      size,
      token: `shop-1/${n}`,
    },
    signal,
  );
}

async function requestsSince(fromMs: number): Promise<number> {
  const query = { ref, revisions: [stable], fromMs, toMs: nowMs };
  const windows = await target.metrics.windows(query, signal);
  return windows.reduce((sum, { revisions }) => sum + (revisions[stable]?.requests ?? 0), 0);
}

function digest(digit: string): Digest {
  return `sha256:${digit.repeat(64)}`;
}
