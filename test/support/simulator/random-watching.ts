import type { Criterion, Severity } from '../../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../../src/domain/monitoring/policy';
import type { PerformanceThresholds } from '../../../src/domain/monitoring/performance';
import type { OpenReadingSource, RevisionReading } from '../../../src/ports/reading-source';
import type { Random } from './random';
import { ERROR_GUARD, LATENCY_QUESTION, PLAIN, type Scenario } from './scenario';

type Watching = Pick<Scenario, 'criteria' | 'monitoring' | 'notifier' | 'readings'>;

/** What is watched beside the guards, by whom, and who is told: mostly as by default. */
export function randomWatching(random: Random): Watching {
  const severity = random.pick<Severity>(['medium', 'medium', 'high', 'critical', 'low']);
  const criteria = [ERROR_GUARD, { ...LATENCY_QUESTION, severity }];
  const notifier = random.chance(0.1) ? 'away' : 'steady';
  const monitoring = randomMonitoring(random);
  if (!random.chance(0.15)) return { criteria, monitoring, notifier, readings: PLAIN.readings };
  return {
    criteria: [...criteria, { ...CONVERSION, action: random.pick(['rollback', 'ask'] as const) }],
    monitoring: { ...monitoring, sources: [ORDERS] },
    notifier,
    readings: randomReadings(random),
  };
}

function randomMonitoring(random: Random): MonitoringPolicy {
  const thresholds = random.chance(0.15) ? randomThresholds(random) : null;
  return {
    ...DEFAULT_MONITORING,
    alerting: random.chance(0.1) ? 'off' : 'on',
    onNoData: random.chance(0.3) ? 'rollback' : 'ask',
    performance: { ...DEFAULT_MONITORING.performance, thresholds },
  };
}

function randomThresholds(random: Random): PerformanceThresholds {
  return {
    p50Ms: null,
    p95Ms: random.pick([10, 200, 1_000]),
    p99Ms: null,
    throughput: { minPerMinute: random.pick([null, 500]), targetPerMinute: null },
    errorRate: 1,
    availability: 99,
    windowMs: 3_000,
    minimumRequests: random.pick([20, 2_000]),
  };
}

const ORDERS = {
  kind: 'http-json',
  name: 'orders',
  url: 'http://orders.internal/windows',
  resolutionMs: 2_000,
  lagMs: 1_000,
  timeoutMs: 1_000,
  bearerSecret: null,
  metrics: { business_metric_conversion: { unit: 'percent', badWhen: 'below' } },
} as const;

const CONVERSION: Criterion = {
  ...ERROR_GUARD,
  id: 'automatic/business_metric_conversion',
  metric: 'business_metric_conversion',
  threshold: -10,
  unit: 'percent',
  badWhen: 'below',
  comparison: 'relative-to-stable',
  source: ORDERS.name,
  durationMs: 4_000,
};

/** Good, bad, or away now and then. */
function randomReadings(random: Random): OpenReadingSource {
  const bought = random.pick([40, 40, 40, 30]);
  const isFlapping = random.chance(0.3);
  return () => ({
    check: async () => [],
    readings: async ({ fromMs, toMs, revisions }) => {
      if (isFlapping && random.chance(0.4)) throw new Error('simulated: the source is away.');
      return windowsBetween(fromMs, toMs - ORDERS.lagMs).map((number) =>
        sold(number, revisions, bought),
      );
    },
  });
}

function windowsBetween(fromMs: number, toMs: number): readonly number[] {
  const first = Math.ceil(fromMs / ORDERS.resolutionMs);
  const end = Math.floor(toMs / ORDERS.resolutionMs);
  return Array.from({ length: Math.max(0, end - first) }, (_one, index) => first + index);
}

/** The last revision that is asked for is the candidate. */
function sold(number: number, revisions: readonly string[], bought: number): RevisionReading {
  const of = 400;
  const samples = revisions.map((revision, index) => {
    const events = index === revisions.length - 1 ? bought : 40;
    return [revision, { business_metric_conversion: { kind: 'ratio', events, of } }] as const;
  });
  const intervalMs = ORDERS.resolutionMs;
  const fromMs = number * intervalMs;
  return { number, fromMs, intervalMs, revisions: Object.fromEntries(samples) };
}
