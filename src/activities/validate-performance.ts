import type { RecordedWindow } from '../ports/evidence-record';
import type { Window } from '../domain/analysis/window';
import type { PerformanceResult, PerformanceThresholds } from '../domain/monitoring/performance';
import { validatePerformance } from '../domain/monitoring/validate-performance';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface PerformanceInput {
  readonly deploymentId: string;
  readonly thresholds: PerformanceThresholds;
  readonly apdexTargetMs: number;
  /** When the candidate had everybody's traffic and its verification began. */
  readonly fromMs: number;
}

export interface PerformanceActivities {
  /** Holds everything that was recorded since against the thresholds, and stable's windows of before beside it. */
  validatePerformance(input: PerformanceInput): Promise<PerformanceResult>;
}

export function createPerformanceActivities({
  evidence,
}: ActivityDependencies): PerformanceActivities {
  return {
    validatePerformance: asActivity(async ({ deploymentId, fromMs, ...limits }) => {
      const windows = oncePerWindow(await evidence.read(deploymentId, 0));
      return validatePerformance({
        ...limits,
        candidate: windows.filter((window) => window.fromMs >= fromMs),
        before: windows.filter((window) => window.fromMs < fromMs),
      });
    }),
  };
}

/** Two steps may have recorded the same window; it counts once. */
function oncePerWindow(recorded: readonly RecordedWindow[]): readonly Window[] {
  return [...new Map(recorded.map(({ window }) => [window.number, window])).values()];
}
