import type { Arm, ArmWindow, Window } from '../analysis/window';
import { sumArm } from './sum-arm';

/** A stretch of windows, summed up. */
export interface PerformanceTotals {
  /** Everything each revision was observed to do, summed up; empty: it was not observed. */
  readonly arms: Readonly<Record<Arm, readonly ArmWindow[]>>;
  /** How long the candidate was observed. */
  readonly observedMs: number;
  /** The longest stretch of that without a gap. */
  readonly unbrokenMs: number;
  /** The candidate's. */
  readonly userRequests: number;
  /** The candidate's. */
  readonly probeRequests: number;
  /** Of both revisions together. */
  readonly service: ServiceTotal;
}

export interface ServiceTotal {
  readonly requests: number;
  /** How long both were observed. */
  readonly observedMs: number;
}

/** The windows come each once, oldest first. */
export function sumUp(windows: readonly Window[]): PerformanceTotals {
  const observed = windows.filter(({ arms }) => arms.candidate !== null);
  const candidate = sumArm(windows.flatMap(({ arms }) => arms.candidate ?? []));
  const stable = sumArm(windows.flatMap(({ arms }) => arms.stable ?? []));
  return {
    arms: { candidate, stable },
    observedMs: lengthOf(observed),
    unbrokenMs: longestRun(observed),
    userRequests: candidate[0]?.requests ?? 0,
    probeRequests: candidate[0]?.probes?.requests ?? 0,
    service: serviceOf(windows),
  };
}

function longestRun(windows: readonly Window[]): number {
  let longestMs = 0;
  let runMs = 0;
  windows.forEach((window, index) => {
    const before = windows[index - 1];
    runMs = (before?.number === window.number - 1 ? runMs : 0) + window.intervalMs;
    longestMs = Math.max(longestMs, runMs);
  });
  return longestMs;
}

function serviceOf(windows: readonly Window[]): ServiceTotal {
  const whole = windows.filter((window) => totalOf(window) !== null);
  return {
    requests: whole.reduce((sum, window) => sum + (totalOf(window) ?? 0), 0),
    observedMs: lengthOf(whole),
  };
}

/** Null: a revision that was to have traffic was not observed, so the sum is not known. */
function totalOf({ arms, candidateWeight }: Window): number | null {
  const candidate = arms.candidate?.requests ?? (candidateWeight === 0 ? 0 : null);
  const stable = arms.stable?.requests ?? (candidateWeight === 100 ? 0 : null);
  return candidate === null || stable === null ? null : candidate + stable;
}

function lengthOf(windows: readonly Window[]): number {
  return windows.reduce((sum, { intervalMs }) => sum + intervalMs, 0);
}
