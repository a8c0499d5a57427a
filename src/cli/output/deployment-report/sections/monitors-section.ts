import { formatDecimal } from '../../../../domain/format/decimal';
import type { MonitorReport, MonitorValue } from '../../../../domain/monitoring/session';
import { markup, type Markup } from '../../page/markup';
import { valueWords } from '../charts/value-words';
import type { DeploymentReport } from '../report';
import { utcTime } from '../utc-time';

/** What the monitors said at their last look. */
export function monitorsSection({ status: { session } }: DeploymentReport): Markup | null {
  if (session === null || session.monitors.length === 0) return null;
  const score = session.score === null ? 'no score' : `score ${Math.round(session.score)} of 100`;
  return markup`<section id="monitors" aria-labelledby="monitors-title"><h2 id="monitors-title">Monitors</h2>
<div class="scroll"><table><caption>The last look, at ${utcTime(session.atMs)} UTC: ${score}.</caption>
<thead><tr><th scope="col">Monitor</th><th scope="col">State</th><th scope="col" class="number">Score</th><th scope="col">Values, candidate against stable</th><th scope="col">Issues</th></tr></thead>
<tbody>${session.monitors.map(row)}</tbody></table></div></section>`;
}

function row(report: MonitorReport): Markup {
  const { monitor, score, values, issues } = report;
  const [tone, word] = stateOf(report);
  return markup`<tr><th scope="row">${monitor}</th><td><span class="chip ${tone}">${word}</span></td><td class="number">${score === null ? '–' : Math.round(score)}</td>
<td>${values.length === 0 ? '–' : markup`<ul>${values.map((value) => markup`<li>${valueLine(value)}</li>`)}</ul>`}</td>
<td>${issues.length === 0 ? '–' : markup`<ul>${issues.map(({ severity, sentence }) => markup`<li><span class="chip ${severity}">${severity}</span> ${sentence}</li>`)}</ul>`}</td></tr>`;
}

function stateOf({ state, healthy }: MonitorReport): readonly [tone: string, word: string] {
  if (state === 'off') return ['skipped', 'switched off'];
  if (state === 'no-data' || healthy === null) return ['warned', 'no data'];
  return healthy ? ['passed', 'healthy'] : ['failed', 'issues'];
}

function valueLine({ name, unit, candidate, stable, samples }: MonitorValue): string {
  const words = (value: number | null): string =>
    value === null ? 'no data' : worded(value, unit);
  return `${name} ${words(candidate)}, stable ${words(stable)} (of ${samples})`;
}

function worded(value: number, unit: MonitorValue['unit']): string {
  switch (unit) {
    case 'score':
      return formatDecimal(value, 2);
    case 'per-minute':
      return `${valueWords(value, 'number')} a minute`;
    default:
      return valueWords(value, unit);
  }
}
