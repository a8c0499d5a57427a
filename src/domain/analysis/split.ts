import type { Window } from './window';

/** What both arms answered while the candidate had this weight. */
export interface SplitCount {
  /** Whole percent, 1 to 99. */
  readonly weight: number;
  readonly windows: number;
  readonly candidate: number;
  readonly stable: number;
  /** Of both: each may have been tried again, on either arm. */
  readonly errors: number;
}

/** The counts with one more window; by ascending weight. One without both arms or a split says nothing about it. */
export function countSplit(splits: readonly SplitCount[], window: Window): readonly SplitCount[] {
  const one = splitOf(window);
  if (one === null) return splits;
  const known = splits.find(({ weight }) => weight === one.weight);
  const others = splits.filter(({ weight }) => weight !== one.weight);
  return [...others, known === undefined ? one : addSplits(known, one)].sort(
    (a, b) => a.weight - b.weight,
  );
}

/** Null where the candidate had none or all of the traffic, or one arm was not observed. */
export function splitOf({ arms, candidateWeight }: Window): SplitCount | null {
  const { candidate, stable } = arms;
  if (candidate === null || stable === null) return null;
  if (candidateWeight <= 0 || candidateWeight >= 100) return null;
  return {
    weight: candidateWeight,
    windows: 1,
    candidate: candidate.requests,
    stable: stable.requests,
    errors: candidate.errors + stable.errors,
  };
}

function addSplits(one: SplitCount, other: SplitCount): SplitCount {
  return {
    weight: one.weight,
    windows: one.windows + other.windows,
    candidate: one.candidate + other.candidate,
    stable: one.stable + other.stable,
    errors: one.errors + other.errors,
  };
}
