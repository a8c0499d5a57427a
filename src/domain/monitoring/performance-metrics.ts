import { METRICS, type BuiltInMetric } from '../analysis/criterion';
import { isFarWorse } from '../analysis/far-worse';
import { mergeHistograms } from '../analysis/histogram';
import { measureMetric } from '../analysis/measurement';
import type { ArmWindow } from '../analysis/window';
import { measureApdex } from './apdex';
import { isQuantileBeyond } from './latency-limit';
import { onProbes } from './on-probes';
import type { PerformanceMetric } from './performance';
import { basisOf } from './performance-evidence';
import type { PerformanceScene } from './performance-scene';
import { fewestToTell } from './single-failure';
import { judgeThroughput } from './throughput-metric';

/** Every metric of the specification's thresholds, and Apdex, each with its state. */
export function judgeThresholds(scene: PerformanceScene): readonly PerformanceMetric[] {
  const { thresholds } = scene;
  return [
    judgeShare(scene, 'error_rate', thresholds.errorRate),
    judgeShare(scene, 'availability', thresholds.availability),
    judgeLatency(scene, 'p50', thresholds.p50Ms),
    judgeLatency(scene, 'p95', thresholds.p95Ms),
    judgeLatency(scene, 'p99', thresholds.p99Ms),
    judgeThroughput(scene),
    reportApdex(scene),
  ];
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

function judgeLatency(
  scene: PerformanceScene,
  metric: keyof typeof QUANTILES,
  limit: number | null,
): PerformanceMetric {
  const arms = armsOf(scene);
  const isBeyond = (windows: readonly ArmWindow[], limitMs: number): boolean => {
    const latency = mergeHistograms(windows.map((window) => window.latency));
    return isQuantileBeyond(latency, QUANTILES[metric], limitMs);
  };
  const fewest = scene.thresholds.minimumRequests;
  const rule = { metric: `response_time_${metric}`, limit, isBeyond, fewest } as const;
  return { metric, unit: 'ms', ...judge(arms, rule) };
}

const FEWEST_HEALTH_CHECKS = 3;

function judgeShare(
  scene: PerformanceScene,
  metric: 'error_rate' | 'availability',
  limit: number | null,
): PerformanceMetric {
  const isAvailability = metric === 'availability';
  const arms = armsOf(scene);
  const judged = judge(arms, {
    metric,
    limit,
    isBeyond: (windows, threshold) => {
      const { value } = measureMetric(metric, windows);
      return value !== null && (isAvailability ? value < threshold : value > threshold);
    },
    fewest: isAvailability ? FEWEST_HEALTH_CHECKS : scene.thresholds.minimumRequests,
  });
  const failed = arms.candidate.reduce(
    (sum, window) => sum + (isAvailability ? window.healthChecksFailed : window.errors),
    0,
  );
  const isSingle =
    failed === 1 && judged.state === 'beyond' && judged.samples < fewestToTell(metric, limit);
  return { metric, unit: 'percent', ...judged, ...(isSingle ? { state: 'no-data' } : {}) };
}

interface Arms {
  readonly candidate: readonly ArmWindow[];
  /** Stable's at the same time, and before. */
  readonly beside: readonly ArmWindow[];
  readonly before: readonly ArmWindow[];
}

function armsOf({ thresholds, totals, before }: PerformanceScene): Arms {
  const { candidate, stable } = totals.arms;
  const arms = { candidate, beside: stable, before: before.arms.stable };
  if (basisOf(thresholds, totals) === 'users') return arms;
  return {
    candidate: onProbes(arms.candidate),
    beside: onProbes(arms.beside),
    before: onProbes(arms.before),
  };
}

interface Rule {
  readonly metric: BuiltInMetric;
  readonly limit: number | null;
  readonly isBeyond: (windows: readonly ArmWindow[], limit: number) => boolean;
  /** Fewer samples of stable excuse nothing. */
  readonly fewest: number;
}

type Judged = Pick<PerformanceMetric, 'value' | 'stable' | 'limit' | 'samples' | 'state'>;

function judge(arms: Arms, rule: Rule): Judged {
  const { metric, limit, fewest } = rule;
  const measured = measureMetric(metric, arms.candidate);
  const references = [arms.beside, arms.before]
    .map((windows) => ({ windows, measured: measureMetric(metric, windows) }))
    .filter(({ measured: { samples } }) => samples >= Math.max(1, fewest));
  const { value, samples } = measured;
  const seen = { value, stable: references[0]?.measured.value ?? null, limit, samples };
  if (limit === null) return { ...seen, state: 'reported' };
  if (value === null) return { ...seen, state: 'no-data' };
  if (!rule.isBeyond(arms.candidate, limit)) return { ...seen, state: 'within' };
  const guard = { metric, threshold: limit, ...METRICS[metric] };
  const isShared = references.some(
    (stable) =>
      rule.isBeyond(stable.windows, limit) && !isFarWorse(guard, measured, stable.measured),
  );
  return { ...seen, state: isShared ? 'shared' : 'beyond' };
}

function reportApdex(scene: PerformanceScene): PerformanceMetric {
  const { candidate, beside, before } = armsOf(scene);
  const targetMs = scene.apdexTargetMs;
  const { value, samples } = measureApdex(candidate, targetMs);
  const stable = measureApdex(beside, targetMs).value ?? measureApdex(before, targetMs).value;
  return { metric: 'apdex', unit: 'score', value, stable, limit: null, samples, state: 'reported' };
}
