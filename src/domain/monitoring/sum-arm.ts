import { mergeHistograms } from '../analysis/histogram';
import type { ArmWindow, ProbeCounts } from '../analysis/window';

/** All windows of one revision as a single one, so that each metric is read from few numbers; empty where there is none. */
export function sumArm(windows: readonly ArmWindow[]): readonly ArmWindow[] {
  if (windows.length === 0) return [];
  const probes = windows.flatMap((window) => window.probes ?? []);
  return [
    {
      ...sumRequests(windows),
      healthChecksPassed: total(windows, (window) => window.healthChecksPassed),
      healthChecksFailed: total(windows, (window) => window.healthChecksFailed),
      ...(probes.length === 0 ? {} : { probes: sumRequests(probes) }),
    },
  ];
}

function sumRequests(all: readonly ProbeCounts[]): ProbeCounts {
  return {
    requests: total(all, ({ requests }) => requests),
    errors: total(all, ({ errors }) => errors),
    latency: mergeHistograms(all.map(({ latency }) => latency)),
  };
}

function total<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
