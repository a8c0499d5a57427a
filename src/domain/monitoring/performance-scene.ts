import type { PerformanceThresholds } from './performance';
import type { PerformanceTotals } from './performance-totals';

/** What a validation judges: the candidate's stretch, and what was recorded before it. */
export interface PerformanceScene {
  readonly thresholds: PerformanceThresholds;
  readonly apdexTargetMs: number;
  readonly totals: PerformanceTotals;
  readonly before: PerformanceTotals;
}
