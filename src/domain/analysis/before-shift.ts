import { sumWindows, type ArmSums } from './counts';
import type { ArmWindow, Window } from './window';

/** A window of stable in which the router still gave it traffic. */
export interface StableWindow {
  readonly number: number;
  readonly stable: ArmWindow;
}

/**
 * Stable's newest windows while it had a share of the traffic, oldest first: the last `length` up to the newest in which
 * somebody asked it, and what came since. At 100 % of the candidate nothing is added, so that they stand as they were.
 */
export function keepBefore(
  before: readonly StableWindow[],
  window: Window,
  length: number,
): readonly StableWindow[] {
  const { number, arms, candidateWeight } = window;
  const { stable } = arms;
  if (stable === null || (arms.candidate !== null && candidateWeight >= 100)) return before;
  const place = before.findLastIndex((known) => known.number < number) + 1;
  const all = [...before.slice(0, place), { number, stable }, ...before.slice(place)];
  return withoutOld(all, length);
}

function withoutOld(all: readonly StableWindow[], length: number): readonly StableWindow[] {
  const newest = all.at(-1)?.number ?? 0;
  const end = endOf(all);
  const first = all.findIndex(({ number }) => number > Math.min(end, newest) - length);
  const kept = first > 0 ? all.slice(first) : all;
  // Nobody has asked stable for long: what lies between is of no use.
  return newest - end <= length
    ? kept
    : kept.filter(({ number }) => number <= end || number > newest - length);
}

/** The last so many windows up to the newest in which stable was asked; null: not observed without a gap. */
export function sumBefore(before: readonly StableWindow[], length: number): ArmSums | null {
  const known = SUMS.get(before)?.get(length);
  if (known !== undefined) return known;
  const end = endOf(before);
  const inside = before.filter(({ number }) => number <= end && number > end - length);
  const sums = inside.length < length ? null : sumWindows(inside.map(({ stable }) => stable));
  const ofBefore = SUMS.get(before) ?? new Map<number, ArmSums | null>();
  SUMS.set(before, ofBefore.set(length, sums));
  return sums;
}

/** Only spares time: at 100 % the same windows are asked for again and again. */
const SUMS = new WeakMap<readonly StableWindow[], Map<number, ArmSums | null>>();

/** By requests of users; a service that has none is known by its health checks. */
function endOf(before: readonly StableWindow[]): number {
  const asked = before.findLast(({ stable }) => stable.requests > 0);
  const checked = before.findLast(
    ({ stable }) => stable.healthChecksPassed + stable.healthChecksFailed > 0,
  );
  return (asked ?? checked)?.number ?? -1;
}
