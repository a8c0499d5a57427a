import type { Criterion } from './criterion';
import { isBeyond, measureMetric } from './measurement';
import type { Measurement } from './measurement';
import type { Evidence } from './verdict';
import type { Arm, ArmWindow, Window } from './window';

/**
 * How the criterion stands at the window with this number: over its whole duration up to that window's end, which must
 * be observed without a gap. `recent` holds windows with the candidate present, each once, oldest first.
 */
export function gatherEvidence(
  criterion: Criterion,
  recent: readonly Window[],
  at: number,
): Evidence {
  const windows = unbrokenWindows(criterion, recent, at);
  if (windows === null) return stateOf(criterion, 'incomplete');
  const candidate = measureMetric(criterion.metric, armWindows(windows, 'candidate'));
  const stable = stableOver(criterion, windows);
  const seen = { candidate, stable };
  if (!isEnough(criterion, candidate)) return stateOf(criterion, 'too-few', seen);
  if (!isWorse(criterion, candidate)) return stateOf(criterion, 'clear', seen);
  const shared =
    !criterion.alsoWhenBaselineBreaches && stable !== null && isWorse(criterion, stable);
  return stateOf(criterion, shared ? 'shared' : 'breached', seen);
}

/** The cheap half of {@link gatherEvidence}: without this the criterion is not breached there, whatever stable does. */
export function isSuspect(criterion: Criterion, recent: readonly Window[], at: number): boolean {
  const windows = unbrokenWindows(criterion, recent, at);
  if (windows === null) return false;
  const candidate = measureMetric(criterion.metric, armWindows(windows, 'candidate'));
  return isEnough(criterion, candidate) && isWorse(criterion, candidate);
}

function unbrokenWindows(
  criterion: Criterion,
  recent: readonly Window[],
  at: number,
): readonly Window[] | null {
  const end = recent.findLastIndex((window) => window.number === at);
  const last = recent[end];
  if (last === undefined) return null;
  const length = Math.max(1, Math.ceil(criterion.durationMs / last.intervalMs));
  const first = recent[end - length + 1];
  // Each number once and ascending: the ends fit only where nothing between them is missing.
  return first?.number === at - length + 1 ? recent.slice(end - length + 1, end + 1) : null;
}

/** Stable over the same windows; null unless it was observed in each and has enough samples to say something. */
function stableOver(criterion: Criterion, windows: readonly Window[]): Measurement | null {
  const observed = armWindows(windows, 'stable');
  if (observed.length < windows.length) return null;
  const stable = measureMetric(criterion.metric, observed);
  return isEnough(criterion, stable) ? stable : null;
}

function armWindows(windows: readonly Window[], arm: Arm): readonly ArmWindow[] {
  return windows.map((window) => window.arms[arm]).filter((window) => window !== null);
}

function isEnough(criterion: Criterion, { samples }: Measurement): boolean {
  return samples >= Math.max(1, criterion.minimumSamples);
}

function isWorse(criterion: Criterion, { value }: Measurement): boolean {
  return value !== null && isBeyond(criterion, value);
}

interface Seen {
  readonly candidate: Measurement;
  readonly stable: Measurement | null;
}

const NOTHING: Measurement = { value: null, samples: 0 };

function stateOf(criterion: Criterion, state: Evidence['state'], seen?: Seen): Evidence {
  const candidate = seen?.candidate ?? NOTHING;
  const stable = seen?.stable ?? NOTHING;
  return {
    criterion: criterion.id,
    metric: criterion.metric,
    state,
    value: candidate.value,
    baseline: stable.value,
    baselineSamples: stable.samples,
    threshold: criterion.threshold,
    samples: candidate.samples,
    durationMs: criterion.durationMs,
  };
}
