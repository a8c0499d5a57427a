import { METRICS } from '../analysis/criterion';
import { mergeHistograms } from '../analysis/histogram';
import type { Histogram } from '../analysis/histogram';
import { measureMetric } from '../analysis/measurement';
import type { ArmWindow } from '../analysis/window';
import { findingOf } from './describe-metric';
import { farWorse } from './far-worse';
import { isFarMoreThan, isWithinChance } from './far-more';
import type { Share } from './far-more';
import { countAbove, isQuantileBeyond } from './latency-limit';
import { fewestSamples, limitsOf } from './monitor-limit';
import type { MonitorLimit } from './monitor-limit';
import { NOTHING_FOUND } from './monitor-report';
import type { Finding } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import type { RequestView } from './request-view';
import type { MonitorValue } from './session';
import { weighLimits } from './weigh-limits';
import type { Sight } from './weigh-limits';

export const LATENCIES = {
  response_time_p50: 0.5,
  response_time_p95: 0.95,
  response_time_p99: 0.99,
} as const;

export type LatencyMetric = keyof typeof LATENCIES;

/** Far slower than stable: half as slow again, and by more than anyone would call noise. */
const SLOWER_FACTOR = 1.5;
const SLOWER_BY_MS = 50;

/** One percentile against its limits; where nobody set one, against stable's. */
export function weighLatency(
  scene: MonitorScene,
  view: RequestView,
  metric: LatencyMetric,
): { readonly finding: Finding; readonly value: MonitorValue } {
  const candidate = sightOf(view.candidate, metric);
  const stable = view.stable.length === 0 ? null : sightOf(view.stable, metric);
  const isFarWorse = stable !== null && isFarSlower(metric, candidate, stable);
  const value: MonitorValue = {
    name: metric,
    unit: METRICS[metric].unit,
    candidate: candidate.value,
    stable: stable?.value ?? null,
    samples: candidate.samples,
  };
  const limits = limitsOf(scene, metric);
  const seen = { monitor: 'performance', metric, candidate, stable } as const;
  const weighed = { ...seen, durationMs: view.spanMs, basis: view.basis };
  if (limits.length === 0)
    return { value, finding: isFarWorse ? farWorse(weighed) : NOTHING_FOUND };
  const isChance = ({ threshold }: MonitorLimit): boolean =>
    stable !== null &&
    isWithinChance(slowerThan(candidate, threshold), slowerThan(stable, threshold));
  const result = weighLimits({ limits, candidate, stable, isFarWorse, isChance });
  return { value, finding: findingOf(weighed, result) };
}

type LatencySight = Sight & { readonly latency: Histogram };

function sightOf(windows: readonly ArmWindow[], metric: LatencyMetric): LatencySight {
  const latency = mergeHistograms(windows.map((window) => window.latency));
  return {
    ...measureMetric(metric, windows),
    latency,
    isBeyond: (limitMs) => isQuantileBeyond(latency, LATENCIES[metric], limitMs),
  };
}

function slowerThan({ latency, samples }: LatencySight, limitMs: number): Share {
  return { events: countAbove(latency, limitMs), of: samples };
}

/** Counted, not compared: far more answers than the percentile allows are slower than stable's value and the margin. */
function isFarSlower(
  metric: LatencyMetric,
  candidate: LatencySight,
  stable: LatencySight,
): boolean {
  const fewest = fewestSamples(metric);
  if (stable.value === null || stable.samples < fewest || candidate.samples < fewest) return false;
  const limitMs = Math.max(SLOWER_FACTOR * stable.value, stable.value + SLOWER_BY_MS);
  const allowed = (1 - LATENCIES[metric]) * candidate.samples;
  return isFarMoreThan(countAbove(candidate.latency, limitMs), allowed);
}
