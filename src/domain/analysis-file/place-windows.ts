import { canonicalJson } from '../canonical-json';
import type { MetricSample, Reading } from '../analysis/reading';
import type { Window } from '../analysis/window';
import type { ReadWindow } from './read-window';

/** One stretch of the recording, in order of time, with where it stands in the file. */
export interface PlacedWindow {
  readonly place: number;
  readonly window: Window;
  readonly reading: Reading;
}

export interface PlacedRecording {
  /** Oldest first, each stretch of time once. */
  readonly windows: readonly PlacedWindow[];
  /** What cannot be true, each with its place. */
  readonly faults: readonly string[];
}

/** Every metric of the user's own in a file comes from the file. */
export const FILE_SOURCE = 'file';

/** Windows need not lie on a grid: neighbours may be apart by this share of their length, more is a gap. */
const TOLERANCE = 0.1;

/**
 * The windows on a time of their own that begins at 0, one after the other without regard to the file's order. A window that
 * stands twice counts once; one that contradicts another, overlaps it or has another length is not believed and leaves a gap.
 */
export function placeWindows(read: readonly ReadWindow[]): PlacedRecording {
  const faults = read.flatMap((window) => window.faults);
  const timed = read.flatMap((window) =>
    window.time === null ? [] : [{ ...window, ...window.time }],
  );
  const lengthMs = commonLength(timed);
  const windows: PlacedWindow[] = [];
  let before: Timed | null = null;
  for (const next of timed.toSorted((a, b) => a.fromMs - b.fromMs || a.place - b.place)) {
    const name = `windows[${next.place}]`;
    if (Math.round(next.toMs - next.fromMs) !== lengthMs) {
      faults.push(`${name}: its length is not that of the others`);
      continue;
    }
    const step = before === null ? 0 : stepBetween(before, next, lengthMs);
    const last = windows.at(-1);
    if (before !== null && last !== undefined && step === 0) {
      const fault = whyNoRepetition(before, next);
      if (fault === null) continue;
      faults.push(`${name}: ${fault}`);
      windows[windows.length - 1] = asGap(last);
      continue;
    }
    windows.push(placed(next, (last?.window.number ?? 0) + step, lengthMs));
    before = next;
  }
  return { windows, faults };
}

type Timed = ReadWindow & { readonly fromMs: number; readonly toMs: number };

/** What most of them have; of several the first in the file. */
function commonLength(windows: readonly Timed[]): number {
  const counts = new Map<number, number>();
  for (const { fromMs, toMs } of windows) {
    const length = Math.round(toMs - fromMs);
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? 1;
}

/** 0: they overlap. 1: one follows the other. More: something is missing between them. */
function stepBetween(before: Timed, next: Timed, lengthMs: number): number {
  const apart = (next.fromMs - before.fromMs) / lengthMs - 1;
  if (apart < -TOLERANCE) return 0;
  return 1 + Math.max(0, Math.ceil(apart - TOLERANCE));
}

function whyNoRepetition(before: Timed, next: Timed): string | null {
  if (next.fromMs !== before.fromMs || next.toMs !== before.toMs) {
    return `it overlaps windows[${before.place}]: the clock jumped`;
  }
  const content = ({ place: _place, ...rest }: Timed): string => canonicalJson(withoutPlaces(rest));
  return content(before) === content(next)
    ? null
    : `it contradicts windows[${before.place}], which is about the same time`;
}

/** Faults name the place in the file, which repeated windows do not share. */
function withoutPlaces({ canary, baseline, candidateWeight }: Omit<Timed, 'place'>): unknown {
  return [canary.counts, canary.samples, baseline.counts, baseline.samples, candidateWeight];
}

function placed(read: Timed, number: number, intervalMs: number): PlacedWindow {
  const isSound = read.faults.length === 0;
  const [canary, baseline] = [read.canary, read.baseline];
  const grid = { number, fromMs: number * intervalMs, intervalMs };
  const samples = (arm: ReadWindow['canary']): Readonly<Record<string, MetricSample>> | null =>
    isSound ? arm.samples : null;
  return {
    place: read.place,
    window: {
      ...grid,
      arms: {
        candidate: isSound ? canary.counts : null,
        stable: isSound ? baseline.counts : null,
      },
      candidateWeight: read.candidateWeight ?? 0,
    },
    reading: {
      ...grid,
      source: FILE_SOURCE,
      arms: { candidate: samples(canary), stable: samples(baseline) },
    },
  };
}

function asGap({ place, window, reading }: PlacedWindow): PlacedWindow {
  const nobody = { candidate: null, stable: null };
  return { place, window: { ...window, arms: nobody }, reading: { ...reading, arms: nobody } };
}
