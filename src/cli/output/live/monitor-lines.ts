import { formatCounted } from '../../../domain/format/count';
import type {
  MonitoringSession,
  MonitorReport,
  MonitorValue,
} from '../../../domain/monitoring/session';
import { mark, paint, plain, wrap, type Mark, type Style } from '../style';
import { valueText } from './numbers';

const HEAD_INDENT = 7;
const INDENT = 9;
const GOES_ON_AT = 17;
const MOST_ISSUES = 3;

/** Each monitor with its score, and what it finds wrong; a switched off one is shown as off. */
export function monitorLines(session: MonitoringSession, style: Style): readonly string[] {
  if (session.monitors.length === 0) return [];
  const line = (indent: number, text: string): readonly string[] =>
    wrap(' '.repeat(indent) + text, style.columns, GOES_ON_AT);
  return [
    ...line(HEAD_INDENT, `monitors  ${sessionWord(session)}`),
    ...session.monitors.flatMap((report) => [
      ...line(INDENT, monitorText(report, style)),
      ...report.issues
        .slice(0, MOST_ISSUES)
        .flatMap(({ severity, sentence }) =>
          line(INDENT + 2, paint(`${severity}: ${plain(sentence)}`, 'bad', style)),
        ),
    ]),
  ];
}

function sessionWord({ healthy, score }: MonitoringSession): string {
  if (healthy === null) return 'none of them could see anything';
  const points = score === null ? '' : `, score ${Math.round(score)} of 100`;
  return `${healthy ? 'healthy' : 'not healthy'}${points}`;
}

function monitorText(report: MonitorReport, style: Style): string {
  const score = report.score === null ? '  -' : String(Math.round(report.score)).padStart(3);
  const values = report.values.filter(({ candidate }) => candidate !== null).map(valueWord);
  const text = [stateWord(report), ...values].join('   ');
  return `${mark(markOf(report), style)} ${report.monitor.padEnd(12)}${score}   ${text}`;
}

function markOf({ state, healthy }: MonitorReport): Mark {
  if (state !== 'watching' || healthy === null) return 'to do';
  return healthy ? 'done' : 'failed';
}

function stateWord({ state, healthy, issues }: MonitorReport): string {
  switch (state) {
    case 'off':
      return 'switched off';
    case 'no-data':
      return 'no data';
    case 'watching':
      return healthy === true ? 'healthy' : formatCounted(issues.length, 'issue');
  }
}

function valueWord({ name, unit, candidate, stable }: MonitorValue): string {
  const beside = stable === null ? '' : ` (stable ${valueText(stable, unit)})`;
  return `${plain(name)} ${valueText(candidate, unit)}${beside}`;
}
