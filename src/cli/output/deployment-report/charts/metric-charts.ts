import type { BuiltInMetric, Criterion } from '../../../../domain/analysis/criterion';
import { measureMetric } from '../../../../domain/analysis/measurement';
import type { Arm, ArmWindow } from '../../../../domain/analysis/window';
import { formatDuration } from '../../../../domain/format/duration';
import type { PerformanceThresholds } from '../../../../domain/monitoring/performance';
import type { Chart, ChartLine, LineName, Point } from './chart';
import { limitsOf } from './limits';
import type { TimeBucket } from './time-buckets';

export interface MetricChartInput {
  readonly buckets: readonly TimeBucket[];
  readonly criteria: readonly Criterion[];
  readonly thresholds: PerformanceThresholds | null;
}

const CHARTS = [
  { metric: 'error_rate', id: 'error-rate', title: 'Error rate' },
  { metric: 'response_time_p50', id: 'p50', title: 'Response time p50' },
  { metric: 'response_time_p95', id: 'p95', title: 'Response time p95' },
  { metric: 'response_time_p99', id: 'p99', title: 'Response time p99' },
  { metric: 'availability', id: 'availability', title: 'Availability' },
] as const satisfies readonly { metric: BuiltInMetric; id: string; title: string }[];

/** A chart for each metric that every target has; counts of a point are summed before anything is divided. */
export function metricCharts(input: MetricChartInput): readonly Chart[] {
  const [first] = input.buckets;
  if (first === undefined) return [];
  const each = `Each point is counted over ${formatDuration(first.toMs - first.fromMs)}.`;
  const charts = CHARTS.map(({ metric, id, title }): Chart => {
    const lines = linesOf(input.buckets, metric);
    return {
      ...{ id, title, lines },
      unit: metric.startsWith('response') ? 'ms' : 'percent',
      meaning: `${MEANINGS[metric]} ${each}`,
      limits: limitsOf(metric, { ...input, lines }),
    };
  });
  return [...charts, requestsChart(input.buckets, each)];
}

const MEANINGS: Readonly<Record<(typeof CHARTS)[number]['metric'], string>> = {
  error_rate: 'Answers of 500 and above and requests without an answer, of all requests.',
  response_time_p50: 'Half of the answers came at least as fast (±4.9 %).',
  response_time_p95: '95 of 100 answers came at least as fast (±4.9 %).',
  response_time_p99: '99 of 100 answers came at least as fast (±4.9 %).',
  availability: 'Active health checks that passed, of all that were made.',
};

function linesOf(buckets: readonly TimeBucket[], metric: BuiltInMetric): readonly ChartLine[] {
  const value = (windows: readonly ArmWindow[]): Omit<Point, 'atMs'> =>
    measureMetric(metric, windows);
  const users = line(buckets, 'candidate', ({ arms }) => value(arms.candidate));
  const stable = line(buckets, 'stable', ({ arms }) => value(arms.stable));
  return [stable, users, ...(metric === 'availability' ? [] : probeLines(buckets, value))];
}

/** What synthetic requests met, where some were sent. */
function probeLines(
  buckets: readonly TimeBucket[],
  value: (windows: readonly ArmWindow[]) => Omit<Point, 'atMs'>,
): readonly ChartLine[] {
  const probed = (arm: Arm): ChartLine =>
    line(buckets, `${arm} probes`, ({ arms }) => value(arms[arm].flatMap(asProbed)));
  return [probed('stable'), probed('candidate')].filter(({ points }) =>
    points.some(({ samples }) => samples > 0),
  );
}

function asProbed(window: ArmWindow): readonly ArmWindow[] {
  return window.probes === undefined ? [] : [{ ...window, ...window.probes }];
}

function requestsChart(buckets: readonly TimeBucket[], each: string): Chart {
  const rate = (arm: Arm) => (bucket: TimeBucket) => {
    const requests = bucket.arms[arm].reduce((sum, window) => sum + window.requests, 0);
    const seconds = bucket.observedMs[arm] / 1_000;
    return { value: seconds === 0 ? null : requests / seconds, samples: requests };
  };
  return {
    id: 'requests',
    title: 'Requests per second',
    unit: 'per-second',
    meaning: `Requests that users sent, over the time in which somebody watched. ${each}`,
    lines: [line(buckets, 'stable', rate('stable')), line(buckets, 'candidate', rate('candidate'))],
    limits: [],
  };
}

function line(
  buckets: readonly TimeBucket[],
  name: LineName,
  measure: (bucket: TimeBucket) => Omit<Point, 'atMs'>,
): ChartLine {
  const points = buckets.map((bucket) => ({
    atMs: (bucket.fromMs + bucket.toMs) / 2,
    ...measure(bucket),
  }));
  return { name, points };
}
