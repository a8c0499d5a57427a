import type { StrategyConfig } from '../../src/domain/rollout/strategy';
import type { DeploymentStatus } from '../../src/domain/status';
import type { Classification } from '../../tools/load/classify.mjs';
import type { LoadRecord } from '../../tools/load/load.mjs';
import { FaultLane, SHORT_WATCH, type Standing } from '../support/faults/fault-lane';
import {
  gapsOf,
  journalProblems,
  type Gap,
  type JournalLine,
} from '../support/faults/platform-journal';
import { sharedTemporalAddress } from '../support/temporal-server';

interface Lane {
  readonly strategy: StrategyConfig;
  /** Where the workers of a deployment die that goes through. */
  readonly forward: readonly string[];
  /** Where those of one die that a person rolls back. */
  readonly back: readonly string[];
  readonly rollbackWhen: (status: DeploymentStatus) => boolean;
}

const LANES: readonly Lane[] = [
  {
    strategy: { kind: 'blue-green' },
    forward: ['after router.claim', 'before fleet.ensure', 'after router.setWeights'],
    back: ['before router.setWeights 2', 'after records.hold', 'after fleet.retire'],
    rollbackWhen: ({ phase }) => phase === 'warm',
  },
  {
    strategy: {
      kind: 'canary',
      steps: [20, 50, 100].map((weight) => ({ weight, bake: SHORT_WATCH })),
    },
    forward: ['after fleet.ensure', 'before router.setWeights 2', 'after router.drain'],
    back: ['after router.setWeights 2', 'before fleet.retire', 'after router.release'],
    rollbackWhen: ({ observed }) => observed?.candidate === 20,
  },
  {
    strategy: {
      kind: 'rolling',
      maxSurge: { unit: 'count', count: 1 },
      maxUnavailable: { unit: 'count', count: 0 },
      bake: SHORT_WATCH,
    },
    forward: ['after fleet.ensure', 'before fleet.reduce', 'after fleet.ensure'],
    back: ['after router.setWeights 3', 'before fleet.ensure', 'after fleet.retire'],
    rollbackWhen: ({ phase }) => phase === 'warm',
  },
  {
    // The second of each dies in the gap, when nothing serves.
    strategy: { kind: 'recreate', mostWaitMs: 60_000, overlap: 'none' },
    forward: ['before router.queueRequests', 'after fleet.retire', 'after records.setStable'],
    back: ['before router.queueRequests 2', 'after fleet.ensure', 'before router.release'],
    rollbackWhen: ({ phase }) => phase === 'warm',
  },
];

/** Every kill costs the time after which the server misses a worker: 10 to 20 seconds. */
jest.setTimeout(10 * 60_000);

interface Story {
  readonly forward: Ended;
  readonly back: Ended;
  readonly journal: readonly JournalLine[];
  readonly load: Classification;
}

interface Ended {
  readonly status: DeploymentStatus;
  readonly standing: Standing;
}

const stories = new Map<Lane, Promise<Story>>();

// All lanes at the same time: most of it is waiting until the server misses a dead worker.
beforeAll(() => {
  for (const lane of LANES) {
    const story = play(lane);
    // Each test sees the failure of its own lane.
    story.catch(() => undefined);
    stories.set(lane, story);
  }
});

async function play({ strategy, forward, back, rollbackWhen }: Lane): Promise<Story> {
  const lane = await FaultLane.open(sharedTemporalAddress(), strategy.kind);
  try {
    const there = await lane.run({
      revision: 2,
      change: { strategy },
      faults: forward,
      rollbackWhen: null,
    });
    const afterForward = { status: there, standing: await lane.standing() };
    const returned = await lane.run({
      revision: 4,
      change: { strategy, rollbackWindowMs: 120_000 },
      faults: back,
      rollbackWhen,
    });
    return {
      forward: afterForward,
      back: { status: returned, standing: await lane.standing() },
      load: await lane.stopLoad(),
      journal: lane.journal(),
    };
  } finally {
    await lane.close();
  }
}

async function storyOf(lane: Lane): Promise<Story> {
  const story = await stories.get(lane);
  if (story === undefined) throw new Error('its lane was never opened');
  return story;
}

/** A request may be on its way when a gap begins, and a client that gives up may write that down late. */
const ON_THE_WAY_MS = 2_000;

/** How much of the request's time did not fall into the gap. */
function outsideMs({ fromMs, toMs }: Gap, { startedAtMs, endedAtMs }: LoadRecord): number {
  const insideMs = Math.min(endedAtMs, toMs) - Math.max(startedAtMs, fromMs);
  return endedAtMs - startedAtMs - insideMs;
}

test('at least twenty workers die, in all strategies', () => {
  const kills = LANES.flatMap(({ forward, back }) => [...forward, ...back]);
  expect(kills.length).toBeGreaterThanOrEqual(20);
});

describe.each(LANES.map((lane) => ({ name: lane.strategy.kind, lane })))('$name', ({ lane }) => {
  test(`forward, with workers killed ${lane.forward.join(', ')}, ends as it should`, async () => {
    const { status, standing } = (await storyOf(lane)).forward;
    expect(status.outcome).toBe('succeeded');
    const revision = status.revision ?? '';
    expect(standing).toEqual({
      weights: { [revision]: 100 },
      fleets: [{ revision, healthy: 2 }],
      isClaimReleased: true,
      recordedAsStable: revision,
      held: [],
    });
  });

  test(`back, with workers killed ${lane.back.join(', ')}, ends as it should`, async () => {
    const { forward, back } = await storyOf(lane);
    const { status, standing } = back;
    expect(status.outcome).toBe('rolled-back');
    const revision = forward.status.revision ?? '';
    expect(standing).toEqual({
      weights: { [revision]: 100 },
      fleets: [{ revision, healthy: 2 }],
      isClaimReleased: true,
      recordedAsStable: revision,
      held: [status.revision],
    });
  });

  test('creates nothing twice and lets nothing of an older fence through', async () => {
    expect(journalProblems((await storyOf(lane)).journal)).toEqual([]);
  });

  test('no request was failed by the router; of those held in a gap without a worker, clients gave up', async () => {
    const { load, journal } = await storyOf(lane);
    expect(load.requests).toBeGreaterThan(500);
    const gaps = gapsOf(journal);
    const gaveUp = (record: LoadRecord): boolean =>
      record.outcome === 'TIMEOUT' && gaps.some((gap) => outsideMs(gap, record) < ON_THE_WAY_MS);
    expect(load.routerFailures.filter((record) => !gaveUp(record))).toEqual([]);
  });
});
