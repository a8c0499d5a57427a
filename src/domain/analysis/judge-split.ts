import { formatCount, formatCounted } from '../format/count';
import { formatPercent } from '../format/percent';
import type { JudgeState } from './judge-state';
import { splitOf, type SplitCount } from './split';

/** Whether the requests came in the shares that the weights say. */
export interface SplitProblem {
  readonly rule: 'starved' | 'split';
  readonly sentence: string;
}

/** What speaks against the split of this step; null: nothing, or too little was seen to say so. */
export function judgeSplit(state: JudgeState): SplitProblem | null {
  const latest = state.recent.at(-1);
  if (latest === undefined || splitOf(latest) === null) return null;
  const starved = [state.step.splits, latestSplits(state)].find(isStarved);
  if (starved !== undefined) return { rule: 'starved', sentence: describeStarved(starved) };
  return isMismatch(state.step.splits)
    ? { rule: 'split', sentence: describeMismatch(state.step.splits) }
    : null;
}

const LEAST_WINDOWS = 2;
const LEAST_EXPECTED = 20;
/** A moment's unevenness is none of the weights. */
const LEAST_SPLIT_WINDOWS = 5;
/** A candidate that gets this little of its share is not used, whatever a stray request says. */
const STARVED_SHARE = 0.02;

/** So sure that a right split is called wrong in at most one step of a thousand, however often one looks. */
const MOST_EVIDENCE = 1_000;
/** The candidate's odds may be off by this much and nobody minds. */
const TOLERATED = 1.25;
const MULTIPLES = [1.3, 1.6, 2, 3, 5, 10, 30];

/** The newest windows of the step in which enough requests were due. */
function latestSplits({ recent, step }: JudgeState): readonly SplitCount[] {
  const splits: SplitCount[] = [];
  let expected = 0;
  for (const window of recent.toReversed()) {
    const split = window.fromMs < step.startedAtMs ? null : splitOf(window);
    if (split === null) break;
    splits.push(split);
    expected += expectedOf(split);
    if (splits.length >= LEAST_WINDOWS && expected >= LEAST_EXPECTED) break;
  }
  return splits;
}

function isStarved(splits: readonly SplitCount[]): boolean {
  const expected = sum(splits, expectedOf);
  return (
    sum(splits, ({ windows }) => windows) >= LEAST_WINDOWS &&
    expected >= LEAST_EXPECTED &&
    sum(splits, ({ candidate }) => candidate) <= STARVED_SHARE * expected
  );
}

/** What the candidate's weight should have brought, by what stable was asked. */
function expectedOf({ stable, weight }: SplitCount): number {
  return (stable * weight) / (100 - weight);
}

function isMismatch(splits: readonly SplitCount[]): boolean {
  if (sum(splits, ({ windows }) => windows) < LEAST_SPLIT_WINDOWS) return false;
  const all = (one: SplitCount): number => one.candidate + one.stable;
  const dueToCandidate = sum(splits, (one) => (all(one) * one.weight) / 100);
  const leastDue = Math.min(dueToCandidate, sum(splits, all) - dueToCandidate);
  return leastDue >= LEAST_EXPECTED && mismatchEvidence(splits) >= MOST_EVIDENCE;
}

/**
 * The evidence against the weights: a likelihood ratio, mixed over how far off the candidate's odds may be, against odds within
 * the tolerated range. As valid after each window as at the end, for weights that change, because a right split gives it an
 * expectation of at most 1. Each failed attempt may have been tried again on either arm: the counts are taken in its favour.
 */
function mismatchEvidence(splits: readonly SplitCount[]): number {
  const high = MULTIPLES.map((multiple) => [TOLERATED, TOLERATED * multiple] as const);
  const odds = [...high, ...high.map(([from, to]) => [1 / from, 1 / to] as const)];
  const favoured = splits.map(inFavour);
  const ratios = odds.map(([from, to]) =>
    Math.exp(sum(favoured, (split) => logRatio(split, from, to))),
  );
  return ratios.reduce((total, ratio) => total + ratio, 0) / ratios.length;
}

function inFavour(split: SplitCount): SplitCount {
  const { candidate, stable, errors, weight } = split;
  const dueToCandidate = expectedOf(split);
  if (candidate > dueToCandidate)
    return { ...split, candidate: Math.max(dueToCandidate, candidate - errors) };
  const dueToStable = (candidate * (100 - weight)) / weight;
  return { ...split, stable: Math.max(Math.min(stable, dueToStable), stable - errors) };
}

function logRatio({ candidate, stable, weight }: SplitCount, from: number, to: number): number {
  const share = (odds: number): number => (weight * odds) / (weight * odds + 100 - weight);
  return (
    candidate * Math.log(share(to) / share(from)) +
    stable * Math.log((1 - share(to)) / (1 - share(from)))
  );
}

function describeStarved(splits: readonly SplitCount[]): string {
  const got = sum(splits, ({ candidate }) => candidate);
  const expected = sum(splits, expectedOf);
  return (
    `The candidate answered ${formatCounted(got, 'request')} where its share of the traffic should have brought ` +
    `about ${formatCount(expected)}, while stable answered ${formatCount(sum(splits, ({ stable }) => stable))}: ` +
    'nobody can tell how it does.'
  );
}

function describeMismatch(splits: readonly SplitCount[]): string {
  const candidate = sum(splits, (split) => split.candidate);
  const all = candidate + sum(splits, (split) => split.stable);
  const expected = sum(splits, (split) => (split.weight * (split.candidate + split.stable)) / 100);
  return (
    `The candidate answered ${formatCount(candidate)} of ${formatCounted(all, 'request')} ` +
    `(${formatPercent((100 * candidate) / all)}) where its weight means ${formatPercent((100 * expected) / all)}: ` +
    'the requests are not split as they should be, or clients give up before they are answered: nobody can tell how it does.'
  );
}

function sum(splits: readonly SplitCount[], of: (split: SplitCount) => number): number {
  return splits.reduce((total, split) => total + of(split), 0);
}
