import {
  figuresOf,
  GOALS,
  sentenceOf,
  type MeasuredLane,
} from '../../../bench/zero-loss/figures.mjs';
import { addRecord, emptySums } from '../../../bench/zero-loss/load-sums.mjs';
import { addWindows, emptyCount } from '../../../bench/zero-loss/platform-count.mjs';
import { upperBoundPercent } from '../../../bench/zero-loss/upper-bound.mjs';
import { aRecord, aWindow } from './zero-loss-samples';

function aLane(key: string, { requests = 1_000, failed = 0, other = 50 } = {}): MeasuredLane {
  const sums = emptySums();
  for (let n = 0; n < requests; n += 1) {
    addRecord(
      sums,
      aRecord({ kind: n % 2 === 0 ? 'get' : 'post', status: n < failed ? 503 : 200 }),
    );
  }
  const count = emptyCount();
  addWindows(count, [aWindow(1, { answered: requests + other - failed, own: failed })]);
  return {
    strategy: { name: key, key },
    ...{ sums, count },
    other: { requests: other, failed: 0 },
    rounds: [
      { way: 'forward', isAsExpected: true },
      { way: 'split', isAsExpected: true },
      { way: 'warm', isAsExpected: true },
    ],
  };
}

describe('the figures of zero-loss', () => {
  it('are over all strategies, and by strategy', () => {
    expect(figuresOf([aLane('canary'), aLane('rolling', { requests: 500 })])).toEqual({
      requests: 1_500,
      failedByRouter: 0,
      failedBelowPercent: 0.2,
      longestQueuedMs: 0,
      otherToolRequests: 100,
      otherToolFailed: 0,
      countsApart: 0,
      unexpectedOutcomes: 0,
      canaryRequests: 1_000,
      canaryFailed: 0,
      canaryFailedBelowPercent: 0.3,
      canaryLongestQueuedMs: 0,
      canaryForward: 1,
      canaryRolledBack: 2,
      rollingRequests: 500,
      rollingFailed: 0,
      rollingFailedBelowPercent: 0.6,
      rollingLongestQueuedMs: 0,
      rollingForward: 1,
      rollingRolledBack: 2,
    });
  });

  it('count every failure, whoever gave the answer: both revisions are good', () => {
    const figures = figuresOf([aLane('canary', { failed: 3 }), aLane('rolling')]);
    expect(figures).toMatchObject({ failedByRouter: 3, canaryFailed: 3, rollingFailed: 0 });
    expect(GOALS['failedByRouter']).toEqual({ max: 0 });
  });

  it('say by how much the router counted otherwise than both load tools together', () => {
    const lane = aLane('canary');
    expect(figuresOf([{ ...lane, other: { requests: 47, failed: 1 } }])).toMatchObject({
      countsApart: 3,
      otherToolFailed: 1,
    });
  });

  it('are null where no other tool could confirm them', () => {
    const figures = figuresOf([{ ...aLane('canary', { other: 0 }), other: null }]);
    expect(figures).toMatchObject({
      otherToolRequests: null,
      otherToolFailed: null,
      countsApart: 0,
    });
  });

  it('count a deployment that ended otherwise than it should', () => {
    const rounds = [{ way: 'split', isAsExpected: false } as const];
    expect(figuresOf([{ ...aLane('canary'), rounds }])).toMatchObject({ unexpectedOutcomes: 1 });
  });

  it('print zero with its bound, and what the requests were', () => {
    expect(sentenceOf(aLane('canary'))).toBe(
      'canary: 1 forward, 2 rolled back; 1000 requests (500 get, 500 post), 0 failed (at most 0.3 %, 95 % confidence); the longest waited 0 ms at the router',
    );
  });
});

describe('the bound of a failure rate', () => {
  it('of zero failures is three by the number of requests', () => {
    expect(upperBoundPercent(0, 100_000)).toBeCloseTo(0.003, 4);
    expect(upperBoundPercent(0, 300)).toBeCloseTo(1, 2);
  });

  it('of some failures is the one of Poisson', () => {
    expect(upperBoundPercent(1, 100)).toBeCloseTo(4.744, 2);
    expect(upperBoundPercent(10, 1_000)).toBeCloseTo(1.696, 2);
  });

  it('is never more than all of them, and nothing without requests', () => {
    expect(upperBoundPercent(3, 3)).toBe(100);
    expect(upperBoundPercent(0, 0)).toBeNull();
  });
});
