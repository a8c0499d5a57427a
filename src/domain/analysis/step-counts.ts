import type { JudgeConfig } from './judge-config';
import type { JudgeState, StepCounts } from './judge-state';
import { countSplit } from './split';
import type { Window } from './window';

/** A new step counts its own time and requests; what the criteria look back on stays. */
export function enterStep(config: JudgeConfig, state: JudgeState): JudgeState {
  if (state.step.startedAtMs === config.stepStartedAtMs) return state;
  return { ...state, step: countSteps(config, state.recent) };
}

export function countSteps(config: JudgeConfig, windows: readonly Window[]): StepCounts {
  const start: StepCounts = {
    startedAtMs: config.stepStartedAtMs,
    observedMs: 0,
    requests: 0,
    errors: 0,
    abandoned: 0,
    probes: 0,
    probeErrors: 0,
    splits: [],
  };
  return windows.reduce(countWindow, start);
}

/** Requests of a window that began before the step may have come under the weight before it: only time counts then. */
export function countWindow(step: StepCounts, window: Window): StepCounts {
  const { candidate } = window.arms;
  if (candidate === null) return step;
  const endMs = window.fromMs + window.intervalMs;
  const watchedMs = Math.max(0, endMs - Math.max(window.fromMs, step.startedAtMs));
  const observedMs = step.observedMs + watchedMs;
  if (window.fromMs < step.startedAtMs) return { ...step, observedMs };
  // What was on its way at the shift is answered a little later, and counted with its old arm.
  const isSettled = window.fromMs >= step.startedAtMs + window.intervalMs;
  return {
    startedAtMs: step.startedAtMs,
    observedMs,
    requests: step.requests + candidate.requests,
    errors: step.errors + candidate.errors,
    abandoned: step.abandoned + (candidate.abandoned ?? 0),
    probes: step.probes + (candidate.probes?.requests ?? 0),
    probeErrors: step.probeErrors + (candidate.probes?.errors ?? 0),
    splits: isSettled ? countSplit(step.splits, window) : step.splits,
  };
}
