import { formatCount } from '../../../../domain/format/count';
import { formatDecimal } from '../../../../domain/format/decimal';
import { formatDuration } from '../../../../domain/format/duration';
import type { PerformanceMetric } from '../../../../domain/monitoring/performance';
import { markup, type Markup } from '../../page/markup';
import { valueWords } from '../charts/value-words';
import type { DeploymentReport } from '../report';

/** What the validation in production found. */
export function performanceSection({ status: { performance } }: DeploymentReport): Markup | null {
  if (performance === null) return null;
  const { verdict, reason, metrics, durationMs } = performance;
  const tone = verdict === 'no-data' ? 'warned' : verdict;
  return markup`<section id="performance" aria-labelledby="performance-title"><h2 id="performance-title">Performance validation</h2>
<p><span class="chip ${tone}">${verdict}</span> ${reason}</p>
<div class="scroll"><table><caption>Over ${formatDuration(durationMs)} of the candidate.</caption>
<thead><tr><th scope="col">Metric</th><th scope="col" class="number">Candidate</th><th scope="col" class="number">Stable</th><th scope="col" class="number">Limit</th><th scope="col" class="number">Of</th><th scope="col">State</th></tr></thead>
<tbody>${metrics.map(row)}</tbody></table></div></section>`;
}

function row({ metric, unit, value, stable, limit, samples, state }: PerformanceMetric): Markup {
  const words = (figure: number | null): string => (figure === null ? '–' : worded(figure, unit));
  return markup`<tr><th scope="row">${metric}</th><td class="number">${words(value)}</td><td class="number">${words(stable)}</td><td class="number">${words(limit)}</td><td class="number">${formatCount(samples)}</td><td><span class="chip ${TONES[state]}">${state}</span></td></tr>`;
}

const TONES: Readonly<Record<PerformanceMetric['state'], string>> = {
  within: 'passed',
  beyond: 'failed',
  shared: 'warned',
  reported: 'skipped',
  'no-data': 'warned',
};

function worded(value: number, unit: PerformanceMetric['unit']): string {
  switch (unit) {
    case 'score':
      return formatDecimal(value, 2);
    case 'per-minute':
      return `${formatCount(value)} /min`;
    default:
      return valueWords(value, unit);
  }
}
