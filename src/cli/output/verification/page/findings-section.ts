import { SCANNERS } from '../../../../domain/checks/catalog';
import type { AppliedSuppression, Finding } from '../../../../domain/checks/finding';
import { orderFindings } from '../../../../domain/checks/order-findings';
import { countSeverities, FINDING_SEVERITIES } from '../../../../domain/checks/severity';
import { formatCount } from '../../../../domain/format/count';
import { placeOf } from '../places';
import { countWords } from '../severity-words';
import { markup, type Markup } from '../../page/markup';

const MOST_ROWS = 2_000;

/** Active findings, worst first, with switches for severities and scanners that work by style alone. */
export function findingsSection(findings: readonly Finding[]): Markup {
  const active = orderFindings(findings.filter(({ state }) => state === 'active'));
  const total = countWords(countSeverities(active.map(({ severity }) => severity)));
  return markup`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
${
  active.length === 0
    ? markup`<p>None that counts.</p>`
    : markup`${filters(active)}
<div class="scroll"><table class="findings"><caption>${formatCount(active.length)} in all: ${total}. The worst come first.</caption>
<thead><tr><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What, and the way out</th><th scope="col">Scanner</th></tr></thead>
<tbody>${active.slice(0, MOST_ROWS).map(findingRow)}</tbody></table></div>${more(active.length)}`
}
${suppressedTable(findings.filter(({ state }) => state === 'suppressed'))}</section>`;
}

function filters(active: readonly Finding[]): Markup {
  const severities = FINDING_SEVERITIES.filter((name) =>
    active.some(({ severity }) => severity === name),
  );
  const scanners = SCANNERS.filter((name) => active.some(({ scanner }) => scanner === name));
  return markup`<div class="filters">${filterGroup('Severity', 'severity', severities)}${filterGroup('Scanner', 'scanner', scanners)}</div>`;
}

function filterGroup(legend: string, group: string, names: readonly string[]): Markup {
  return markup`<fieldset><legend>${legend}</legend>${names.map(
    (name) =>
      markup`<label><input type="checkbox" id="show-${group}-${name}" checked autocomplete="off"> ${name}</label>`,
  )}</fieldset>`;
}

function findingRow(finding: Finding): Markup {
  const { severity, scanner, title, ruleId, fix, aliases, sources, location, component } = finding;
  const names = [ruleId, ...aliases].join(', ');
  return markup`<tr data-severity="${severity}" data-scanner="${scanner}"><td><span class="chip ${severity}">${severity}</span></td>
<td><code><bdi>${placeOf(location, component)}</bdi></code></td>
<td>${title}${fix === null ? null : markup`<p class="fix">${fix.sentence}</p>`}<p><small>${names}${finding.cvss === null ? null : markup` · CVSS ${finding.cvss}`} · <bdi>${finding.fingerprint}</bdi></small></p></td>
<td>${scanner}<br><small>${sources.join(', ')}</small></td></tr>`;
}

function suppressedTable(suppressed: readonly Finding[]): Markup | null {
  if (suppressed.length === 0) return null;
  return markup`<div class="scroll"><table class="suppressed"><caption>${formatCount(suppressed.length)} set aside by the configuration; they count for nothing until the day given.</caption>
<thead><tr><th scope="col">Severity</th><th scope="col">Where and what</th><th scope="col">Why, by whom</th><th scope="col">Until</th></tr></thead>
<tbody>${suppressed.slice(0, MOST_ROWS).map(suppressedRow)}</tbody></table></div>${more(suppressed.length)}`;
}

function suppressedRow({
  severity,
  title,
  ruleId,
  location,
  component,
  suppression,
}: Finding): Markup {
  return markup`<tr><td>${severity}</td><td><code><bdi>${placeOf(location, component)}</bdi></code><br>${title}<br><small>${ruleId}</small></td>
${suppression === null ? markup`<td></td><td></td>` : whyCells(suppression)}</tr>`;
}

function whyCells({
  reason,
  statement,
  approvedBy,
  expiresAtMs,
  place,
}: AppliedSuppression): Markup {
  return markup`<td><strong>${reason}</strong>: ${statement}<br><small>${approvedBy}, ${place}</small></td><td>${new Date(expiresAtMs).toISOString().slice(0, 10)}</td>`;
}

function more(count: number): Markup | null {
  return count > MOST_ROWS
    ? markup`<p>And ${formatCount(count - MOST_ROWS)} more: the JSON report has all.</p>`
    : null;
}
