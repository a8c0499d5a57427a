import { formatDuration } from '../format/duration';
import { incompleteEvidence } from './compare-arms';
import type { Criterion } from './criterion';
import { sourceEvidence, targetEvidence } from './evidence';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import type { Reading } from './reading';
import { lacksStable, readingsUntil } from './readings';
import { latestSpan } from './target-harms';
import type { Evidence } from './verdict';

/** How each criterion stands at the latest window, or where its source has last seen something. */
export function gatherEvidence(config: JudgeConfig, state: JudgeState): readonly Evidence[] {
  if (state.lastWindow === null) return [];
  return config.criteria.map((criterion) =>
    criterion.source === null
      ? targetEvidence(criterion, {
          span: latestSpan(state, criterion, state.lastWindow),
          before: state.before,
        })
      : latestOfSource(config, state, criterion),
  );
}

function latestOfSource(config: JudgeConfig, state: JudgeState, criterion: Criterion): Evidence {
  const name = criterion.source ?? '';
  const last = state.readings.findLast(({ source }) => source === name);
  const graceMs = graceOf(config, criterion, last?.intervalMs ?? 0);
  const silentMs = silentMsOf(state, last);
  if (silentMs > graceMs)
    return incompleteEvidence(
      criterion,
      `${name} has shown nothing for ${formatDuration(silentMs)}`,
    );
  const evidence =
    last === undefined
      ? incompleteEvidence(criterion)
      : sourceEvidence(criterion, state.readings, last);
  if (last !== undefined && isStableHidden(state, criterion, last))
    return incompleteEvidence(criterion, `${name} has not shown stable, which serves`);
  // The candidate was watched for long enough: that it is still not whole is no matter of time.
  const isDue = watchedMsOf(state) >= criterion.durationMs + graceMs;
  return evidence.state === 'incomplete' && isDue
    ? { ...evidence, reason: `${name} has not shown the candidate in all of that time` }
    : evidence;
}

/** Stable answers requests, and the source that should compare it shows nothing of it: a gap, however long it lasts. */
function isStableHidden(state: JudgeState, criterion: Criterion, last: Reading): boolean {
  if (criterion.comparison === 'absolute') return false;
  const whole = readingsUntil(criterion, state.readings, last);
  const [first] = whole ?? [];
  if (whole === null || first === undefined || !lacksStable(criterion, whole)) return false;
  return state.recent.some(
    ({ fromMs, arms }) => fromMs >= first.fromMs && (arms.stable?.requests ?? 0) > 0,
  );
}

function silentMsOf(state: JudgeState, last: Reading | undefined): number {
  if (last !== undefined) return endOf(state) - last.fromMs - last.intervalMs;
  return watchedMsOf(state);
}

/** How long a source may be silent: until its next window is complete, and one more for a slow answer. */
function graceOf({ sources }: JudgeConfig, criterion: Criterion, intervalMs: number): number {
  const name = criterion.source ?? '';
  const sight = sources !== undefined && Object.hasOwn(sources, name) ? sources[name] : undefined;
  // No criterion is accepted whose duration is shorter than its source's windows and lag together.
  return sight === undefined
    ? criterion.durationMs + intervalMs
    : 2 * sight.resolutionMs + sight.lagMs;
}

function watchedMsOf(state: JudgeState): number {
  return state.watchedFromMs === null ? 0 : endOf(state) - state.watchedFromMs;
}

function endOf({ lastWindow, intervalMs }: JudgeState): number {
  return ((lastWindow ?? 0) + 1) * (intervalMs ?? 0);
}
