import { NEVER_SEEN, type ArmMeasurement, type Compared } from './compare-arms';
import type { Criterion } from './criterion';
import { isBuiltInMetric, METRICS } from './criterion';
import { NOTHING, type Measurement } from './measurement';
import type { MetricSample, Reading } from './reading';
import type { Arm } from './window';

/** The readings with one more, oldest first; one that is known already changes nothing. */
export function keepReading(
  readings: readonly Reading[],
  reading: Reading,
  keptMs: number,
): readonly Reading[] {
  if (readings.some((known) => isSame(known, reading))) return readings;
  const place = readings.findLastIndex((known) => isBefore(known, reading)) + 1;
  const all = [...readings.slice(0, place), reading, ...readings.slice(place)];
  const ofSource = all.filter(({ source }) => source === reading.source);
  const newestMs = ofSource.at(-1)?.fromMs ?? reading.fromMs;
  return all.filter(
    ({ source, fromMs }) => source !== reading.source || fromMs >= newestMs - keptMs,
  );
}

/** Those that a criterion rests on where its duration ends with this one; null: one is missing. */
export function readingsUntil(
  { durationMs }: Criterion,
  readings: readonly Reading[],
  last: Reading,
): readonly Reading[] | null {
  const length = Math.max(1, Math.ceil(durationMs / last.intervalMs));
  const inside = readings.filter(
    ({ source, number, intervalMs }) =>
      source === last.source &&
      intervalMs === last.intervalMs &&
      number <= last.number &&
      number > last.number - length,
  );
  return inside.length === length ? inside : null;
}

/** What the sources saw of both arms; null where the candidate is missing in one of the readings. */
export function measureReadings(
  { metric, unit, comparison }: Criterion,
  readings: readonly Reading[],
): Compared | null {
  const candidates = samplesOf(metric, readings, 'candidate');
  if (candidates === null || candidates.length < readings.length) return null;
  const stables = samplesOf(metric, readings, 'stable');
  // Stable that is seen now and then is a gap; stable that is never seen may be nobody to compare with.
  if (comparison === 'relative-to-stable' && isHoled(stables, readings)) return null;
  return {
    candidate: ofUsers(meanOf(candidates)),
    // For an excuse it is enough that stable was seen to be as bad, even where one of its readings is missing.
    stable: stables === null || stables.length === 0 ? null : ofUsers(meanOf(stables)),
    before: () => null,
    ownUnit: comparison === 'absolute' ? unit : ownUnitOf(metric, candidates),
  };
}

/** Whether the source showed nothing of stable in all that a criterion rests on. */
export function lacksStable(criterion: Criterion, readings: readonly Reading[]): boolean {
  return samplesOf(criterion.metric, readings, 'stable')?.length === 0;
}

function isHoled(samples: readonly MetricSample[] | null, readings: readonly Reading[]): boolean {
  return samples === null || (samples.length > 0 && samples.length < readings.length);
}

/** Null: of two kinds, which nobody can add. */
function samplesOf(
  metric: string,
  readings: readonly Reading[],
  arm: Arm,
): readonly MetricSample[] | null {
  const samples = readings
    .map(({ arms }) => sampleOf(arms[arm], metric))
    .filter((sample) => sample !== undefined);
  return samples.some(({ kind }) => kind !== samples[0]?.kind) ? null : samples;
}

function sampleOf(
  metrics: Readonly<Record<string, MetricSample>> | null,
  metric: string,
): MetricSample | undefined {
  return metrics !== null && Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
}

function meanOf(samples: readonly MetricSample[]): Measurement {
  let weighted = 0;
  let count = 0;
  for (const sample of samples) {
    weighted += sample.kind === 'ratio' ? 100 * sample.events : sample.value * sample.samples;
    count += sample.kind === 'ratio' ? sample.of : sample.samples;
  }
  const value = weighted / count;
  return count > 0 && Number.isFinite(value) ? { value, samples: count } : NOTHING;
}

function ofUsers(users: Measurement): ArmMeasurement {
  return { ...NEVER_SEEN, users };
}

function ownUnitOf(
  metric: Criterion['metric'],
  samples: readonly MetricSample[],
): Compared['ownUnit'] {
  if (isBuiltInMetric(metric)) return METRICS[metric].unit;
  return samples[0]?.kind === 'ratio' ? 'percent' : 'number';
}

function isSame(one: Reading, other: Reading): boolean {
  return (
    one.source === other.source &&
    one.number === other.number &&
    one.intervalMs === other.intervalMs
  );
}

function isBefore(one: Reading, other: Reading): boolean {
  if (one.fromMs !== other.fromMs) return one.fromMs < other.fromMs;
  return (
    one.source < other.source || (one.source === other.source && one.intervalMs < other.intervalMs)
  );
}
