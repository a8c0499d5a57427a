import { sourceEvidence } from './evidence';
import { firstHarm, type MaybeHarm } from './first-harm';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import type { Reading } from './reading';
import { keepReading } from './readings';
import { isUnsound } from './sound-window';
import { soundReading } from './sound-reading';

/**
 * The state with one more reading of a metric source. One that was folded before, or whose figures cannot be true, changes
 * nothing: it stays missing; order does not matter.
 */
export function foldReading(config: JudgeConfig, state: JudgeState, given: Reading): JudgeState {
  const reading = soundReading(given);
  if (isUnsound(reading)) return state;
  const durations = config.criteria
    .filter(({ source }) => source === reading.source)
    .map(({ durationMs }) => durationMs);
  const readings = keepReading(state.readings, reading, 2 * Math.max(0, ...durations));
  if (readings === state.readings) return state;
  const harms = harmsAround(config, readings, reading);
  return { ...state, readings, harm: firstHarm([state.harm, ...harms]) };
}

/** The guards that are breached at the end of any duration which this reading belongs to. */
function harmsAround(
  { criteria }: JudgeConfig,
  readings: readonly Reading[],
  reading: Reading,
): readonly MaybeHarm[] {
  const guards = criteria.filter(
    ({ action, source }) => action === 'rollback' && source === reading.source,
  );
  return guards.flatMap((criterion) =>
    readings
      .filter(
        (last) => last.source === reading.source && isInside(reading, last, criterion.durationMs),
      )
      .map((last): MaybeHarm => {
        const evidence = sourceEvidence(criterion, readings, last);
        const endMs = last.fromMs + last.intervalMs;
        return evidence.state === 'breached' ? { endMs, evidence } : null;
      }),
  );
}

function isInside(reading: Reading, last: Reading, durationMs: number): boolean {
  return last.fromMs >= reading.fromMs && last.fromMs < reading.fromMs + durationMs;
}
