import { keepBefore } from './before-shift';
import { firstHarm } from './first-harm';
import type { JudgeConfig } from './judge-config';
import type { JudgeState, Unusable } from './judge-state';
import { addToRanges, rangesContain } from './number-ranges';
import { isUnsound, soundWindow } from './sound-window';
import { slideSpan, spanAt } from './span';
import { countSteps, countWindow, enterStep } from './step-counts';
import { lengthOf, targetHarms } from './target-harms';
import type { Totals } from './verdict';
import type { Window } from './window';

export function emptyState(config: JudgeConfig): JudgeState {
  const nothing = { requests: 0, errors: 0 };
  return {
    lastWindow: null,
    intervalMs: null,
    watchedFromMs: null,
    totals: { stable: nothing, candidate: nothing },
    step: countSteps(config, []),
    seen: [],
    recent: [],
    spans: [],
    before: [],
    readings: [],
    harm: null,
    unusable: { misplaced: null, latest: null },
  };
}

/** The state with one more window. A number that was folded before changes nothing; order does not matter. */
export function foldWindow(config: JudgeConfig, before: JudgeState, given: Window): JudgeState {
  const state = enterStep(config, before);
  const window = soundWindow(given);
  if (isUnsound(window)) return countUnusable(state, window);
  if (state.intervalMs !== null && state.intervalMs !== window.intervalMs)
    return countUnusable(state, { number: null, reason: 'its length is not that of the others' });
  if (rangesContain(state.seen, window.number)) return state;
  return placeWindow(config, state, window);
}

function countUnusable(
  state: JudgeState,
  { number, reason }: { readonly number: number | null; readonly reason: string },
): JudgeState {
  if (number === null) {
    // Of several the first in the alphabet, so that their order does not matter.
    const misplaced = [state.unusable.misplaced ?? reason, reason].sort()[0] ?? reason;
    return { ...state, unusable: { ...state.unusable, misplaced } };
  }
  const unusable = { ...state.unusable, latest: later(state.unusable.latest, { number, reason }) };
  return { ...state, lastWindow: Math.max(state.lastWindow ?? number, number), unusable };
}

function later(
  known: Unusable['latest'],
  other: NonNullable<Unusable['latest']>,
): Unusable['latest'] {
  if (known === null || known.number < other.number) return other;
  return known.number === other.number && other.reason < known.reason ? other : known;
}

function placeWindow(config: JudgeConfig, before: JudgeState, window: Window): JudgeState {
  const { number, intervalMs, arms } = window;
  const state = {
    ...before,
    lastWindow: Math.max(before.lastWindow ?? number, number),
    intervalMs,
    seen: addToRanges(before.seen, number),
    before: keepBefore(before.before, window, 2 * longestOf(config, intervalMs)),
  };
  const watched = arms.candidate === null ? state : watchWindow(config, state, window);
  return { ...watched, harm: firstHarm([state.harm, ...targetHarms(config, watched, number)]) };
}

function watchWindow(config: JudgeConfig, state: JudgeState, window: Window): JudgeState {
  const recent = remember(config, state.recent, window);
  const spans = lengthsOf(config, window.intervalMs).map((length) => {
    const known = state.spans.find((span) => span.length === length);
    return known === undefined
      ? spanAt(recent, length, recent.at(-1)?.number ?? window.number)
      : slideSpan(known, state.recent, window);
  });
  return {
    ...state,
    watchedFromMs: Math.min(state.watchedFromMs ?? window.fromMs, window.fromMs),
    totals: addToTotals(state.totals, window),
    step: countWindow(state.step, window),
    recent,
    spans,
  };
}

function addToTotals(totals: Totals, { arms }: Window): Totals {
  const add = (arm: 'stable' | 'candidate'): Totals['stable'] => ({
    requests: totals[arm].requests + (arms[arm]?.requests ?? 0),
    errors: totals[arm].errors + (arms[arm]?.errors ?? 0),
  });
  return { stable: add('stable'), candidate: add('candidate') };
}

/**
 * Twice the longest duration, so that a window that comes late still completes the durations it belongs to; and a minute for the
 * monitors, who look at the same windows whatever the criteria are.
 */
function remember(
  config: JudgeConfig,
  recent: readonly Window[],
  window: Window,
): readonly Window[] {
  const place = recent.findLastIndex((known) => known.number < window.number) + 1;
  const all = [...recent.slice(0, place), window, ...recent.slice(place)];
  const newest = all.at(-1) ?? window;
  const kept = Math.max(2 * longestOf(config, window.intervalMs), lengthOfMinute(window));
  const oldest = newest.number - kept;
  const first = all.findIndex((known) => known.number > oldest);
  return first === 0 ? all : all.slice(first);
}

function lengthOfMinute({ intervalMs }: Window): number {
  return Math.ceil(60_000 / intervalMs);
}

function longestOf(config: JudgeConfig, intervalMs: number): number {
  return Math.max(1, ...lengthsOf(config, intervalMs));
}

function lengthsOf({ criteria }: JudgeConfig, intervalMs: number): readonly number[] {
  const ofTarget = criteria.filter(({ source }) => source === null);
  return [...new Set(ofTarget.map((criterion) => lengthOf(criterion, intervalMs)))];
}
