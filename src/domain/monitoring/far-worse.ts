import { formatCount, formatCounted } from '../format/count';
import { formatSeconds } from '../format/duration';
import { formatPercent } from '../format/percent';
import type { WeighedMetric } from './describe-metric';
import type { Finding } from './monitor-report';

/** The issue of a metric that nobody set a limit for, and that is far worse than stable's. */
export function farWorse(seen: WeighedMetric): Finding {
  const { monitor, metric, candidate, stable, basis, durationMs } = seen;
  const isLatency = metric.startsWith('response_time');
  const figure = (value: number | null): string =>
    isLatency ? `${formatCount(value ?? 0)} ms` : formatPercent(value ?? 0);
  const things = formatCounted(candidate.samples, basis === 'probes' ? 'probe' : 'request');
  const limit = isLatency ? 'half as slow again as stable' : "twice stable's rate";
  const sentence =
    `${metric} was ${figure(candidate.value)} over ${things} in the last ${formatSeconds(durationMs)}; ` +
    `stable ${figure(stable?.value ?? null)} of ${formatCount(stable?.samples ?? 0)}: far worse (limit ${limit}).`;
  return { issues: [{ key: `${monitor}/${metric}`, severity: 'medium', sentence }], notes: [] };
}
