import type { Window } from '../analysis/window';
import { missingEvidence } from './performance-evidence';
import { judgeThresholds } from './performance-metrics';
import { reasonFor } from './performance-reason';
import type { PerformanceMetric, PerformanceResult, PerformanceThresholds } from './performance';
import { sumUp } from './performance-totals';
import { inOrder, usableWindows } from './usable-windows';

export interface PerformanceInput {
  readonly thresholds: PerformanceThresholds;
  readonly apdexTargetMs: number;
  /** The windows that are judged, stable's beside the candidate's. */
  readonly candidate: readonly Window[];
  /** What was recorded before them: how stable did. */
  readonly before: readonly Window[];
}

/**
 * The specification's performance validation, over all windows given together. No-data where less than one unbroken
 * `windowMs` was observed, where requests are too few, or where a threshold's metric was not seen at all; only where
 * everything was within its limit it passes. Exactly at a limit is within.
 */
export function validatePerformance(input: PerformanceInput): PerformanceResult {
  const { thresholds, apdexTargetMs } = input;
  const totals = sumUp(usableWindows(inOrder(input.candidate)));
  const before = sumUp(usableWindows(inOrder(input.before)));
  const scene = { thresholds, apdexTargetMs, totals, before };
  const metrics = judgeThresholds(scene);
  const missing = missingEvidence(thresholds, totals);
  const verdict = missing === null ? verdictOf(metrics) : 'no-data';
  return {
    passed: verdict === 'passed',
    verdict,
    reason: reasonFor(verdict, { ...scene, metrics, missing }),
    metrics,
    durationMs: totals.observedMs,
  };
}

/** A failure outranks what was not seen, and what was not seen is no pass. */
function verdictOf(metrics: readonly PerformanceMetric[]): PerformanceResult['verdict'] {
  if (metrics.some(({ state }) => state === 'beyond')) return 'failed';
  return metrics.some(({ state }) => state === 'no-data') ? 'no-data' : 'passed';
}
