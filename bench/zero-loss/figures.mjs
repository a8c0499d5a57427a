import { requestsOf } from './platform-count.mjs';
import { upperBoundPercent } from './upper-bound.mjs';

export const GOALS = {
  failedByRouter: { max: 0 },
  otherToolFailed: { max: 0 },
  countsApart: { max: 0 },
  unexpectedOutcomes: { max: 0 },
};

/**
 * `failedBelowPercent`: what the failures leave possible with 95 % confidence. `countsApart`: by how much the router's
 * own count differs from what both load tools counted together.
 *
 * @param {readonly Lane[]} lanes one a strategy
 * @typedef {{strategy: {name: string, key: string}, sums: Sums, count: Count, other: {requests: number, failed: number} | null, rounds: readonly {way: string, isAsExpected: boolean}[]}} Lane
 *   `other`: what the other tool counted on the same listener; null where there is none
 * @typedef {ReturnType<typeof import('./load-sums.mjs').emptySums>} Sums
 * @typedef {ReturnType<typeof import('./platform-count.mjs').emptyCount>} Count
 */
export function figuresOf(lanes) {
  const requests = sum(lanes.map(({ sums }) => sums.requests));
  const failedByRouter = sum(lanes.map(failedOf));
  return {
    requests,
    failedByRouter,
    failedBelowPercent: boundOf(failedByRouter, requests),
    longestQueuedMs: Math.max(...lanes.map(({ count }) => count.longestQueuedMs)),
    otherToolRequests: sumOrNull(lanes.map(({ other }) => other?.requests)),
    otherToolFailed: sumOrNull(lanes.map(({ other }) => other?.failed)),
    countsApart: sum(lanes.map(countsApart)),
    unexpectedOutcomes: sum(lanes.map(unexpectedOf)),
    ...Object.assign({}, ...lanes.map(figuresOfLane)),
  };
}

/** What became of one strategy, in a sentence for people. */
export function sentenceOf(lane) {
  const { strategy, sums, count } = lane;
  const { forward, rolledBack } = roundsOf(lane);
  const kinds = Object.entries(sums.kinds).map(([kind, { requests }]) => `${requests} ${kind}`);
  const failed = `${failedOf(lane)} failed (at most ${boundOf(failedOf(lane), sums.requests)} %, 95 % confidence)`;
  const queued = `the longest waited ${count.longestQueuedMs} ms at the router`;
  return `${strategy.name}: ${forward} forward, ${rolledBack} rolled back; ${sums.requests} requests (${kinds.join(', ')}), ${failed}; ${queued}`;
}

function figuresOfLane(lane) {
  const { strategy, sums, count } = lane;
  const { forward, rolledBack } = roundsOf(lane);
  return {
    [`${strategy.key}Requests`]: sums.requests,
    [`${strategy.key}Failed`]: failedOf(lane),
    [`${strategy.key}FailedBelowPercent`]: boundOf(failedOf(lane), sums.requests),
    [`${strategy.key}LongestQueuedMs`]: count.longestQueuedMs,
    [`${strategy.key}Forward`]: forward,
    [`${strategy.key}RolledBack`]: rolledBack,
  };
}

function roundsOf({ rounds }) {
  const forward = rounds.filter(({ way }) => way === 'forward').length;
  return { forward, rolledBack: rounds.length - forward };
}

/** Both revisions are good and each request is one that they answer: whatever fails, fails on the way. */
function failedOf({ sums }) {
  return sums.failures.length;
}

function countsApart({ sums, other, count }) {
  return Math.abs(sums.requests + (other?.requests ?? 0) - requestsOf(count));
}

function unexpectedOf({ rounds }) {
  return rounds.filter(({ isAsExpected }) => !isAsExpected).length;
}

/** Two digits that say something. */
function boundOf(failed, requests) {
  const percent = upperBoundPercent(failed, requests);
  return percent === null ? null : Number(percent.toPrecision(2));
}

function sumOrNull(numbers) {
  return numbers.includes(undefined) ? null : sum(numbers);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
