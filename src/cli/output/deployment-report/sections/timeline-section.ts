import { formatDuration } from '../../../../domain/format/duration';
import type { PhaseStatus, StepStatus } from '../../../../domain/status';
import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport } from '../report';
import { utcTime } from '../utc-time';

/** The phases in order, how long each took, and the steps of the rollout. */
export function timelineSection(report: DeploymentReport): Markup | null {
  const { phases, steps } = report.status;
  if (phases.length === 0) return null;
  const first = phases[0]?.startedAtMs ?? report.status.startedAtMs;
  const endMs = report.status.endedAtMs ?? report.writtenAtMs;
  const span = { fromMs: first, lengthMs: Math.max(1, endMs - first) };
  return markup`<section id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">Timeline</h2>
<div class="scroll"><table class="timeline"><caption>Phases, with how long each took.</caption>
<thead><tr><th scope="col">Phase</th><th scope="col">From (UTC)</th><th scope="col" class="number">Took</th><th scope="col" class="chart">When</th><th scope="col">How it went</th></tr></thead>
<tbody>${phases.map((phase) => phaseRow(phase, span, endMs))}</tbody></table></div>
${steps.length === 0 ? null : stepTable(steps)}</section>`;
}

interface Span {
  readonly fromMs: number;
  readonly lengthMs: number;
}

function phaseRow(
  { phase, startedAtMs, endedAtMs, result }: PhaseStatus,
  span: Span,
  nowMs: number,
): Markup {
  const toMs = endedAtMs ?? nowMs;
  const share = (ms: number): string =>
    Math.min(100, Math.max(0, (100 * ms) / span.lengthMs)).toFixed(2);
  return markup`<tr><th scope="row">${phase}</th><td>${utcTime(startedAtMs)}</td><td class="number">${formatDuration(toMs - startedAtMs)}${endedAtMs === null ? ' so far' : null}</td>
<td class="chart"><svg class="when" width="100%" height="14" aria-hidden="true"><rect class="track" y="2" width="100%" height="10" rx="2"/><rect class="value ${phase === 'rollback' ? 'back' : 'forward'}" x="${share(startedAtMs - span.fromMs)}%" y="2" width="${Math.max(0.4, Number(share(toMs - startedAtMs)))}%" height="10" rx="2"/></svg></td><td>${result ?? '–'}</td></tr>`;
}

function stepTable(steps: readonly StepStatus[]): Markup {
  return markup`<details><summary>${steps.length} steps</summary><div class="scroll"><table><caption>The steps of the rollout and of the way back.</caption>
<thead><tr><th scope="col">Step</th><th scope="col">State</th><th scope="col">From (UTC)</th><th scope="col" class="number">Took</th><th scope="col">What it did</th></tr></thead>
<tbody>${steps.map(stepRow)}</tbody></table></div></details>`;
}

function stepRow({ id, state, startedAtMs, endedAtMs, summary, result }: StepStatus): Markup {
  const took =
    startedAtMs === null || endedAtMs === null ? '–' : formatDuration(endedAtMs - startedAtMs);
  return markup`<tr><th scope="row">${id}</th><td>${state}</td><td>${startedAtMs === null ? '–' : utcTime(startedAtMs)}</td><td class="number">${took}</td><td>${summary}${result === null ? null : markup`<br><small>${result}</small>`}</td></tr>`;
}
