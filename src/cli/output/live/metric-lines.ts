import { isBuiltInMetric, METRICS } from '../../../domain/analysis/criterion';
import { unitOf } from '../../../domain/analysis/measurement';
import type { Evidence } from '../../../domain/analysis/verdict';
import { formatCount } from '../../../domain/format/count';
import { mark, paint, plain, type Mark, type Style } from '../style';
import { flow } from './flow';
import { valueText } from './numbers';
import type { ShownView } from './shown-view';
import { sparkline } from './sparkline';
import { inColumns } from './in-columns';

const INDENT = 7;
const GOES_ON_AT = 11;

/** A row for each criterion: value, state in words, stable, limit, samples, and how it went. */
export function metricLines(
  evidence: readonly Evidence[],
  values: ShownView['values'],
  style: Style,
): readonly string[] {
  const rows = inColumns(evidence.map((one) => rowOf(one, values?.[one.criterion] ?? [], style)));
  const within = { columns: style.columns, indent: GOES_ON_AT, between: '  ' };
  return rows.flatMap(([name = '', ...cells], index) => {
    const one = evidence[index];
    const notes = one === undefined ? [] : notesOf(one);
    return flow([' '.repeat(INDENT) + name, ...cells, ...notes], within);
  });
}

const STATES: Readonly<Record<Evidence['state'], readonly [Mark, string]>> = {
  breached: ['failed', 'beyond'],
  clear: ['done', 'within'],
  incomplete: ['to do', 'not whole'],
  'too-few': ['to do', 'too few'],
  shared: ['waiting', 'stable too'],
};

function rowOf(
  evidence: Evidence,
  looks: readonly (number | null)[],
  style: Style,
): readonly string[] {
  const { metric, state, samples, threshold } = evidence;
  const [glyph, word] = STATES[state];
  const badWhen = isBuiltInMetric(metric) ? METRICS[metric].badWhen : null;
  return [
    `${mark(glyph, style)} ${plain(metric)}`,
    candidateWord(evidence),
    state === 'breached' ? paint(word, 'bad', style) : word,
    stableWord(evidence),
    limitWord(evidence),
    `n ${formatCount(samples)}`,
    sparkline(looks, { limit: threshold, badWhen }, style),
  ];
}

function candidateWord(evidence: Evidence): string {
  const { value, comparison } = evidence;
  const sign = comparison === 'relative-to-stable' && value !== null && value > 0 ? '+' : '';
  return `${sign}${valueText(value, unitOfEvidence(evidence))}`;
}

function stableWord(evidence: Evidence): string {
  if (evidence.comparison === 'relative-to-stable') return 'than stable';
  return `stable ${valueText(evidence.baseline, unitOfEvidence(evidence))}`;
}

/** What few rows have to say, and no column is kept for. */
function notesOf(evidence: Evidence): readonly string[] {
  const { baseline, basis, before, source = null } = evidence;
  const isBefore = baseline === null && before !== undefined;
  return [
    isBefore
      ? `stable before the shift ${valueText(before.value, unitOfEvidence(evidence))} of ${formatCount(before.samples)}`
      : '',
    basis === 'probes' ? 'probes only, no user traffic' : '',
    source === null ? '' : `from ${plain(source)}`,
  ];
}

function limitWord(evidence: Evidence): string {
  const { metric, threshold } = evidence;
  const limit = valueText(threshold, unitOfEvidence(evidence));
  if (!isBuiltInMetric(metric)) return `limit ${limit}`;
  return METRICS[metric].badWhen === 'above' ? `at most ${limit}` : `at least ${limit}`;
}

function unitOfEvidence({ metric, unit }: Evidence): 'percent' | 'ms' | 'number' {
  return unit ?? unitOf(metric);
}
