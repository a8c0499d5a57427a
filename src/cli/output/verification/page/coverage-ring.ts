import { incompleteBecause } from '../../../../domain/checks/completeness';
import type { Finding } from '../../../../domain/checks/finding';
import type { ScanReport, SkippedTarget } from '../../../../domain/checks/scan-report';
import { countSeverities } from '../../../../domain/checks/severity';
import { formatCount } from '../../../../domain/format/count';
import { coveragePercent } from '../coverage-percent';
import { scanEnd } from '../scan-end';
import { countWords } from '../severity-words';
import { markup, type Markup } from '../../page/markup';

const MOST_SKIPPED = 50;

/** A scanner's card: a ring for how much it looked at, how it ended, what it found and what it could not look at. */
export function coverageCard(scan: ScanReport, active: readonly Finding[]): Markup {
  const { scanner, status, covered, total, tool, skipped, cached } = scan;
  const end = scanEnd(scan);
  const because = incompleteBecause(scan) ?? scan.reason;
  const own = active.filter((finding) => finding.scanner === scanner);
  return markup`<li class="card ${end}">${ring(scan)}
<div><h3>${scanner}</h3><p><span class="chip ${end}">${status}</span>${cached ? markup` <small>kept result</small>` : null}</p>
${end === 'not-applicable' ? null : markup`<p>${formatCount(covered)} of ${formatCount(total)} looked at</p>`}
${own.length === 0 && end !== 'complete' ? null : markup`<p>found: ${countWords(countSeverities(own.map(({ severity }) => severity)))}</p>`}
${because === null ? null : markup`<p class="why">${because}</p>`}
${skippedList(skipped)}
${end === 'not-applicable' ? null : markup`<p><small>${tool.name} ${tool.version}${dataWords(scan)}</small></p>`}</div></li>`;
}

function ring(scan: ScanReport): Markup {
  const percent = scan.status === 'not-applicable' ? null : coveragePercent(scan);
  const words = percent === null ? 'nothing to look at' : `${percent} % looked at`;
  return markup`<svg class="ring" viewBox="0 0 44 44" role="img" aria-label="${scan.scanner}: ${words}">
<circle class="track" cx="22" cy="22" r="18"/>
${percent === null || percent === 0 ? null : markup`<circle class="fill" cx="22" cy="22" r="18" pathLength="100" stroke-dasharray="${percent === 100 ? 'none' : `${percent} 200`}" transform="rotate(-90 22 22)"/>`}
<text x="22" y="26">${percent === null ? '–' : `${percent}%`}</text></svg>`;
}

function skippedList(skipped: readonly SkippedTarget[]): Markup | null {
  const holes = skipped.filter(({ allowed }) => !allowed);
  if (holes.length === 0) return null;
  const rest = holes.length - MOST_SKIPPED;
  return markup`<details><summary>${formatCount(holes.length)} not looked at</summary><ul>
${holes.slice(0, MOST_SKIPPED).map(({ target, reason }) => markup`<li><code>${target}</code>: ${reason}</li>`)}
${rest > 0 ? markup`<li>and ${formatCount(rest)} more</li>` : null}</ul></details>`;
}

function dataWords({ tool }: ScanReport): string {
  const { dataUpdatedAtMs, dataSource } = tool;
  const day =
    dataUpdatedAtMs === null ? '' : ` of ${new Date(dataUpdatedAtMs).toISOString().slice(0, 10)}`;
  return dataSource === null ? '' : `, data from ${dataSource}${day}`;
}
