import type { Arm, ArmWindow, Window } from '../analysis/window';
import type { MonitorScene } from './monitor-scene';
import { sumArm } from './sum-arm';
import { endOf, usableWindows } from './usable-windows';

/** What one monitor sees of both revisions. */
export interface MonitorView {
  /** Everything it was observed to do, summed up; empty: it was not observed. */
  readonly candidate: readonly ArmWindow[];
  /** Stable in the same windows, where it was observed. */
  readonly stable: readonly ArmWindow[];
  /** How long each was observed. */
  readonly observedMs: Readonly<Record<Arm, number>>;
  /** From the start of the first window to the end of the last. */
  readonly spanMs: number;
}

const EMPTY_VIEW: MonitorView = {
  candidate: [],
  stable: [],
  observedMs: { candidate: 0, stable: 0 },
  spanMs: 0,
};

const STALE_AFTER_MS = 30_000;
const STALE_AFTER_WINDOWS = 5;
const FEWEST_WINDOWS = 2;

/**
 * The last `spanMs` (at least two windows) up to the newest window that holds the candidate. Empty where that window is
 * too old to say how the candidate does now, or ends in a future that no clock difference explains.
 */
export function lookBack({ windows, atMs }: MonitorScene, spanMs: number): MonitorView {
  const newest = windows.findLast(
    (window) => window.arms.candidate !== null && endOf(window) <= atMs + STALE_AFTER_MS,
  );
  if (newest === undefined) return EMPTY_VIEW;
  const freshMs = Math.max(STALE_AFTER_MS, STALE_AFTER_WINDOWS * newest.intervalMs);
  if (endOf(newest) < atMs - freshMs) return EMPTY_VIEW;
  const fromMs = endOf(newest) - Math.max(spanMs, FEWEST_WINDOWS * newest.intervalMs);
  const within = windows.filter((one) => one.fromMs >= fromMs && one.fromMs <= newest.fromMs);
  return viewOf(usableWindows(within).filter(({ arms }) => arms.candidate !== null));
}

function viewOf(windows: readonly Window[]): MonitorView {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return EMPTY_VIEW;
  const candidate = windows.flatMap(({ arms }) => arms.candidate ?? []);
  const stable = windows.flatMap(({ arms }) => arms.stable ?? []);
  return {
    candidate: sumArm(candidate),
    stable: sumArm(stable),
    observedMs: {
      candidate: candidate.length * last.intervalMs,
      stable: stable.length * last.intervalMs,
    },
    spanMs: endOf(last) - first.fromMs,
  };
}
