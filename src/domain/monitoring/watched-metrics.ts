import type { Criterion, MetricUnit } from '../analysis/criterion';
import type { Reading } from '../analysis/reading';
import { soundReading } from '../analysis/sound-reading';
import { isUnsound } from '../analysis/sound-window';
import type { Arm } from '../analysis/window';
import { measureSamples } from './measure-samples';
import type { SampledMetric } from './measure-samples';
import type { MonitorScene } from './monitor-scene';
import { endOf } from './usable-windows';

/** A metric of a user's own source, with what the last readings say. */
export interface WatchedMetric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly badWhen: 'above' | 'below';
  readonly criteria: readonly Criterion[];
  readonly candidate: SampledMetric;
  readonly stable: SampledMetric;
  /** From the start of the first reading to the end of the last. */
  readonly spanMs: number;
}

const USUAL_SPAN_MS = 300_000;
const STALE_AFTER_READINGS = 5;

/** Every metric that the configured sources name, each once. */
export function watchedMetrics(scene: MonitorScene): readonly WatchedMetric[] {
  const seen = new Set<string>();
  return scene.monitoring.sources.flatMap(({ name: source, metrics }) =>
    Object.entries(metrics).flatMap(([name, { unit, badWhen }]) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const criteria = scene.criteria.filter(({ metric }) => metric === name);
      return [{ name, unit, badWhen, criteria, ...readBoth(scene, { source, name, criteria }) }];
    }),
  );
}

interface Wanted {
  readonly source: string;
  readonly name: string;
  readonly criteria: readonly Criterion[];
}

function readBoth(
  scene: MonitorScene,
  wanted: Wanted,
): Pick<WatchedMetric, 'candidate' | 'stable' | 'spanMs'> {
  const readings = latest(scene, wanted);
  const first = readings[0];
  const last = readings.at(-1);
  return {
    candidate: measureArm(readings, 'candidate', wanted.name),
    stable: measureArm(readings, 'stable', wanted.name),
    spanMs: first === undefined || last === undefined ? 0 : endOf(last) - first.fromMs,
  };
}

/** The last five minutes, or a criterion's duration where that is longer, up to the newest reading of the candidate. */
function latest({ readings, atMs }: MonitorScene, wanted: Wanted): readonly Reading[] {
  const own = readings
    .filter((reading) => reading.source === wanted.source && !isUnsound(soundReading(reading)))
    .toSorted((a, b) => a.number - b.number)
    .filter((reading, index, all) => reading.number !== all[index - 1]?.number)
    .filter(({ arms }) => sampleOf(arms.candidate, wanted.name) !== null);
  const newest = own.at(-1);
  if (newest === undefined) return [];
  const spanMs = Math.max(USUAL_SPAN_MS, ...wanted.criteria.map(({ durationMs }) => durationMs));
  const freshMs = Math.max(USUAL_SPAN_MS, STALE_AFTER_READINGS * newest.intervalMs);
  if (endOf(newest) < atMs - freshMs) return [];
  const fromMs = endOf(newest) - Math.max(spanMs, newest.intervalMs);
  return own.filter((reading) => reading.fromMs >= fromMs);
}

function measureArm(readings: readonly Reading[], arm: Arm, name: string): SampledMetric {
  return measureSamples(readings.flatMap(({ arms }) => sampleOf(arms[arm], name) ?? []));
}

function sampleOf(
  samples: Reading['arms'][Arm],
  name: string,
): NonNullable<Reading['arms'][Arm]>[string] | null {
  return samples !== null && Object.hasOwn(samples, name) ? (samples[name] ?? null) : null;
}
