import { weighNamedMetric } from './named-metric';
import { blindReport, watchingReport } from './monitor-report';
import type { MonitorScene } from './monitor-scene';
import type { MonitorReport } from './session';
import { watchedMetrics } from './watched-metrics';

/**
 * The metrics of the user's own sources, each against stable's at the same time. The score is 100 less the worst relative
 * loss in percent; where there is no stable to lose against, less what is missing to a criterion's limit.
 */
export function reportBusiness(scene: MonitorScene): MonitorReport {
  const metrics = watchedMetrics(scene).map((metric) => weighNamedMetric(scene, metric));
  const values = metrics.map(({ value }) => value);
  const notes = metrics.flatMap((metric) => metric.notes);
  const losses = metrics.flatMap(({ loss }) => loss ?? []);
  if (metrics.length === 0) {
    return blindReport('business', {
      values,
      notes: ['No metric source names a metric to watch.'],
    });
  }
  if (losses.length === 0) return blindReport('business', { values, notes });
  return watchingReport('business', {
    findings: metrics.map(({ issues }) => ({ issues, notes: [] })),
    score: 100 - Math.max(...losses),
    values,
    notes,
  });
}
