import type { Criterion } from './criterion';
import { gatherEvidence, isSuspect } from './evidence';
import type { JudgeConfig } from './judge-config';
import type { Harm, JudgeState, StepCounts } from './judge-state';
import { addToRanges, rangesContain } from './number-ranges';
import type { Totals } from './verdict';
import type { ArmWindow, Window } from './window';

export function emptyState(config: JudgeConfig): JudgeState {
  const nothing = { requests: 0, errors: 0 };
  return {
    lastWindow: null,
    totals: { stable: nothing, candidate: nothing },
    step: countSteps(config, []),
    seen: [],
    recent: [],
    harm: null,
  };
}

/** The state with one more window. A number that was folded before changes nothing; order does not matter. */
export function foldWindow(config: JudgeConfig, before: JudgeState, window: Window): JudgeState {
  const state = enterStep(config, before);
  if (rangesContain(state.seen, window.number)) return state;
  const lastWindow = Math.max(state.lastWindow ?? window.number, window.number);
  const seen = addToRanges(state.seen, window.number);
  const totals = addToTotals(state.totals, window);
  if (window.arms.candidate === null) return { ...state, lastWindow, seen, totals };
  const recent = remember(config, state.recent, window);
  return {
    lastWindow,
    totals,
    step: countWindow(state.step, window, window.arms.candidate),
    seen,
    recent,
    harm: firstHarm([state.harm, ...harmsAround(config, recent, window)]),
  };
}

/** A new step counts its own time and requests; what the criteria look back on stays. */
function enterStep(config: JudgeConfig, state: JudgeState): JudgeState {
  if (state.step.startedAtMs === config.stepStartedAtMs) return state;
  return { ...state, step: countSteps(config, state.recent) };
}

function countSteps(config: JudgeConfig, windows: readonly Window[]): StepCounts {
  const start = { startedAtMs: config.stepStartedAtMs, observedMs: 0, requests: 0, errors: 0 };
  return windows.reduce<StepCounts>((step, window) => {
    const { candidate } = window.arms;
    return candidate === null ? step : countWindow(step, window, candidate);
  }, start);
}

/** Requests of a window that began before the step may have come under the weight before it: only time counts then. */
function countWindow(step: StepCounts, window: Window, candidate: ArmWindow): StepCounts {
  const whole = window.fromMs >= step.startedAtMs;
  const endMs = window.fromMs + window.intervalMs;
  return {
    ...step,
    observedMs: step.observedMs + Math.max(0, endMs - Math.max(window.fromMs, step.startedAtMs)),
    requests: step.requests + (whole ? candidate.requests : 0),
    errors: step.errors + (whole ? candidate.errors : 0),
  };
}

function addToTotals(totals: Totals, { arms }: Window): Totals {
  const add = (arm: 'stable' | 'candidate'): Totals['stable'] => ({
    requests: totals[arm].requests + (arms[arm]?.requests ?? 0),
    errors: totals[arm].errors + (arms[arm]?.errors ?? 0),
  });
  return { stable: add('stable'), candidate: add('candidate') };
}

/** Twice the longest duration, so that a window that comes late still completes the durations it belongs to. */
function remember(
  config: JudgeConfig,
  recent: readonly Window[],
  window: Window,
): readonly Window[] {
  const place = recent.findLastIndex((known) => known.number < window.number) + 1;
  const all = [...recent.slice(0, place), window, ...recent.slice(place)];
  const newest = all.at(-1) ?? window;
  const longest = Math.max(0, ...config.criteria.map((criterion) => windowsOf(criterion, window)));
  const oldest = newest.number - Math.max(1, 2 * longest);
  return all.slice(all.findIndex((known) => known.number > oldest));
}

/** The guards that are breached at the end of any duration which this window belongs to. */
function harmsAround(
  config: JudgeConfig,
  recent: readonly Window[],
  window: Window,
): readonly Harm[] {
  const from = recent.findLastIndex((known) => known.number <= window.number);
  return config.criteria
    .filter((criterion) => criterion.action === 'rollback')
    .flatMap((criterion) =>
      // Windows mostly come in order, so that this is one; a late one completes the durations that follow it.
      recent
        .slice(Math.max(0, from), from + windowsOf(criterion, window))
        .map((end) => breachAt(criterion, recent, end.number))
        .filter((harm) => harm !== null),
    );
}

function breachAt(criterion: Criterion, recent: readonly Window[], at: number): Harm | null {
  if (!isSuspect(criterion, recent, at)) return null;
  const evidence = gatherEvidence(criterion, recent, at);
  return evidence.state === 'breached' ? { window: at, evidence } : null;
}

function windowsOf(criterion: Criterion, window: Window): number {
  return Math.max(1, Math.ceil(criterion.durationMs / window.intervalMs));
}

/** The earliest, and among those of one window the one configured first. */
function firstHarm(harms: readonly (Harm | null)[]): Harm | null {
  return harms.reduce<Harm | null>((first, harm) => {
    if (harm === null) return first;
    return first === null || harm.window < first.window ? harm : first;
  }, null);
}
