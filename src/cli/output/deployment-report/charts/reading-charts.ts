import type { Criterion, MetricName } from '../../../../domain/analysis/criterion';
import type { MetricSample, Reading } from '../../../../domain/analysis/reading';
import type { Arm } from '../../../../domain/analysis/window';
import { formatDuration } from '../../../../domain/format/duration';
import type { Chart, ChartLine, ChartUnit, Point } from './chart';
import { limitsOf } from './limits';
import { MOST_POINTS } from './time-buckets';

/** A chart for each metric that a source of the user's own has seen. */
export function readingCharts(
  readings: readonly Reading[],
  criteria: readonly Criterion[],
): readonly Chart[] {
  return metricsIn(readings).map((seen, index) => chartOf(seen, { readings, criteria, index }));
}

interface SeenMetric {
  readonly source: string;
  readonly metric: string;
}

function metricsIn(readings: readonly Reading[]): readonly SeenMetric[] {
  const seen = new Map<string, SeenMetric>();
  for (const { source, arms } of readings) {
    for (const arm of [arms.candidate, arms.stable]) {
      for (const metric of Object.keys(arm ?? {})) {
        seen.set(JSON.stringify([source, metric]), { source, metric });
      }
    }
  }
  return [...seen.values()];
}

interface ReadingInput {
  readonly readings: readonly Reading[];
  readonly criteria: readonly Criterion[];
  readonly index: number;
}

function chartOf({ source, metric }: SeenMetric, input: ReadingInput): Chart {
  const own = input.readings.filter((reading) => reading.source === source);
  const groups = grouped(own);
  const criteria = input.criteria.filter((criterion) => criterion.metric === metric);
  const lines = [lineOf(groups, metric, 'stable'), lineOf(groups, metric, 'candidate')];
  const [first] = groups;
  const lengthMs = (first?.length ?? 0) * (first?.[0]?.intervalMs ?? 0);
  return {
    id: `metric-${input.index + 1}`,
    title: metric,
    unit: unitOf(own, metric, criteria),
    meaning: `As ${source} saw it. Each point is counted over ${formatDuration(lengthMs)}.`,
    lines,
    limits: limitsOf(metric as MetricName, { criteria, thresholds: null, lines }),
  };
}

/** Neighbours together, so that the chart has at most {@link MOST_POINTS} points. */
function grouped(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const size = Math.max(1, Math.ceil(readings.length / MOST_POINTS));
  const groups = Math.ceil(readings.length / size);
  return Array.from({ length: groups }, (_, index) =>
    readings.slice(index * size, (index + 1) * size),
  );
}

function lineOf(groups: readonly (readonly Reading[])[], metric: string, arm: Arm): ChartLine {
  const points = groups.map((group): Point => {
    const [first] = group;
    const last = group.at(-1) ?? first;
    const fromMs = first?.fromMs ?? 0;
    const toMs = last === undefined ? fromMs : last.fromMs + last.intervalMs;
    const samples = group
      .map(({ arms }) => arms[arm]?.[metric])
      .filter((sample) => sample !== undefined);
    return { atMs: (fromMs + toMs) / 2, ...measure(samples) };
  });
  return { name: arm, points };
}

/** Events are summed before they are divided; values become their mean, weighted by samples. */
function measure(all: readonly MetricSample[]): Omit<Point, 'atMs'> {
  const ratios = all.filter((sample) => sample.kind === 'ratio');
  if (ratios.length > 0) {
    const of = ratios.reduce((sum, sample) => sum + sample.of, 0);
    const events = ratios.reduce((sum, sample) => sum + sample.events, 0);
    return { value: of === 0 ? null : (100 * events) / of, samples: of };
  }
  const values = all.filter((sample) => sample.kind === 'value');
  const samples = values.reduce((sum, sample) => sum + sample.samples, 0);
  const weighted = values.reduce((sum, sample) => sum + sample.value * sample.samples, 0);
  return { value: samples === 0 ? null : weighted / samples, samples };
}

function unitOf(
  readings: readonly Reading[],
  metric: string,
  criteria: readonly Criterion[],
): ChartUnit {
  const isRatio = readings.some(({ arms }) =>
    [arms.candidate, arms.stable].some((arm) => arm?.[metric]?.kind === 'ratio'),
  );
  if (isRatio) return 'percent';
  return criteria.find(({ comparison }) => comparison === 'absolute')?.unit ?? 'number';
}
