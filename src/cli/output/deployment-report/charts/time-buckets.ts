import type { Arm, ArmWindow, Window } from '../../../../domain/analysis/window';

/** Windows that are shown as one point: counts are summed and histograms merged later, never averaged. */
export interface TimeBucket {
  readonly fromMs: number;
  readonly toMs: number;
  /** Those of the windows in which the arm was observed. */
  readonly arms: Readonly<Record<Arm, readonly ArmWindow[]>>;
  /** How long each arm was observed in it. */
  readonly observedMs: Readonly<Record<Arm, number>>;
}

export const MOST_POINTS = 300;

const STEPS_MS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map(
  (seconds) => seconds * 1_000,
);

/** The windows in at most {@link MOST_POINTS} stretches of one length; a stretch without a window is left out. */
export function bucketWindows(windows: readonly Window[]): readonly TimeBucket[] {
  const [first] = windows;
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return [];
  const lengthMs = bucketLengthMs(first, last);
  const groups = new Map<number, Window[]>();
  for (const window of windows) {
    const place = Math.floor(window.fromMs / lengthMs);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [window]);
    else group.push(window);
  }
  return [...groups].map(([place, group]) => bucketOf(group, place * lengthMs, lengthMs));
}

/** The length of one point: what the windows have, or the next round time with which they fit. */
export function bucketLengthMs(first: Window, last: Window): number {
  const spanMs = last.fromMs + last.intervalMs - first.fromMs;
  const whole = STEPS_MS.filter((step) => step % first.intervalMs === 0);
  const fits = (step: number): boolean => spanMs / step <= MOST_POINTS - 1;
  if (fits(first.intervalMs)) return first.intervalMs;
  const most = first.intervalMs * Math.ceil(spanMs / first.intervalMs / (MOST_POINTS - 1));
  return whole.find(fits) ?? most;
}

function bucketOf(group: readonly Window[], fromMs: number, lengthMs: number): TimeBucket {
  const of = (arm: Arm): readonly ArmWindow[] =>
    group.map(({ arms }) => arms[arm]).filter((window) => window !== null);
  const [stable, candidate] = [of('stable'), of('candidate')];
  const intervalMs = group[0]?.intervalMs ?? 0;
  return {
    fromMs,
    toMs: fromMs + lengthMs,
    arms: { stable, candidate },
    observedMs: {
      stable: stable.length * intervalMs,
      candidate: candidate.length * intervalMs,
    },
  };
}
