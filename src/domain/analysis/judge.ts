import { foldReading } from './fold-reading';
import { emptyState, foldWindow } from './fold-window';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import { reachVerdict } from './reach-verdict';
import type { Reading } from './reading';
import type { Verdict } from './verdict';
import type { Window } from './window';

export type { JudgeConfig } from './judge-config';
export type { JudgeState } from './judge-state';
export { foldReading } from './fold-reading';
export { lacksData } from './lacks-data';

export interface Judgement {
  readonly state: JudgeState;
  readonly verdict: Verdict;
}

/** A judge that has seen nothing. */
export function openJudge(config: JudgeConfig): JudgeState {
  return emptyState(config);
}

/**
 * One more window, and what follows from all so far. Windows may come twice and out of order: the verdict depends on
 * the set of them alone. Time is the windows' own.
 */
export function judge(config: JudgeConfig, state: JudgeState, window: Window): Judgement {
  return judgeNext(config, state, [window]);
}

/** Several more windows, and what follows in the end: one verdict, however many there are to catch up with. */
export function judgeNext(
  config: JudgeConfig,
  state: JudgeState,
  windows: readonly Window[],
): Judgement {
  const next = windows.reduce<JudgeState>(
    (before, window) => foldWindow(config, before, window),
    state,
  );
  return { state: next, verdict: reachVerdict(config, next) };
}

/** The same for all recorded windows of a deployment and what its metric sources saw, given in any order. */
export function judgeAll(
  config: JudgeConfig,
  windows: readonly Window[],
  readings: readonly Reading[] = [],
): Judgement {
  const read = inOrder(readings).reduce<JudgeState>(
    (before, reading) => foldReading(config, before, reading),
    openJudge(config),
  );
  return judgeNext(config, read, inOrder(windows));
}

/** By time; of several that claim the same time the first in the alphabet counts, so that their order does not matter. */
function inOrder<Placed extends { readonly fromMs: number }>(
  placed: readonly Placed[],
): readonly Placed[] {
  return placed.toSorted((one, other) => {
    const difference = startOf(one) - startOf(other);
    if (difference !== 0) return difference;
    const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
    return first < second ? -1 : Number(first > second);
  });
}

function startOf(placed: { readonly fromMs: number } | null): number {
  const fromMs = placed?.fromMs;
  return Number.isFinite(fromMs) ? Number(fromMs) : Number.MAX_VALUE;
}
