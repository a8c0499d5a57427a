import type { PerformanceMetric, PerformanceResult } from '../../../domain/monitoring/performance';
import { formatCount } from '../../../domain/format/count';
import { mark, paint, plain, type Mark, type Style, type Tone } from '../style';
import { flow } from './flow';
import { inColumns } from './in-columns';
import { valueText } from './numbers';

const INDENT = 5;
const GOES_ON_AT = 11;

/** What the validation in production found, metric by metric. */
export function performanceLines(
  result: PerformanceResult | null,
  style: Style,
): readonly string[] {
  if (result === null) return [];
  const [word, tone] = VERDICTS[result.verdict];
  const rows = inColumns(result.metrics.map((metric) => rowOf(metric, style)));
  const within = { columns: style.columns, indent: GOES_ON_AT, between: '  ' };
  return [
    ` validated ${paint(word, tone, style)}: ${plain(result.reason)}`,
    ...rows.flatMap(([name = '', ...cells]) => flow([' '.repeat(INDENT) + name, ...cells], within)),
  ];
}

const VERDICTS: Readonly<
  Record<PerformanceResult['verdict'], readonly [word: string, tone: Tone]>
> = {
  passed: ['passed', 'good'],
  failed: ['failed', 'bad'],
  'no-data': ['no data, which is no pass', 'busy'],
};

const STATES: Readonly<Record<PerformanceMetric['state'], readonly [Mark, string]>> = {
  within: ['done', 'within'],
  beyond: ['failed', 'beyond'],
  shared: ['waiting', 'stable too'],
  reported: ['to do', 'only reported'],
  'no-data': ['to do', 'no data'],
};

const BEST_HIGH: ReadonlySet<PerformanceMetric['metric']> = new Set([
  'throughput',
  'availability',
  'apdex',
]);

function rowOf(metric: PerformanceMetric, style: Style): readonly string[] {
  const { limit, samples, stable, state, unit, value } = metric;
  const [glyph, word] = STATES[state];
  const side = BEST_HIGH.has(metric.metric) ? 'at least' : 'at most';
  return [
    `${mark(glyph, style)} ${metric.metric}`,
    valueText(value, unit),
    word,
    `stable ${valueText(stable, unit)}`,
    limit === null ? '' : `${side} ${valueText(limit, unit)}`,
    `n ${formatCount(samples)}`,
  ];
}
