import type { Finding } from '../../../../domain/checks/finding';
import {
  countSeverities,
  FINDING_SEVERITIES,
  type SeverityCounts,
} from '../../../../domain/checks/severity';
import { formatCount } from '../../../../domain/format/count';
import { markup, type Markup } from '../../page/markup';

/** One bar a severity, as long as there are active findings of it; what is set aside goes on lighter. */
export function severityBars(findings: readonly Finding[]): Markup {
  const active = countsOf(findings, 'active');
  const aside = countsOf(findings, 'suppressed');
  const longest = Math.max(1, ...FINDING_SEVERITIES.map((name) => active[name] + aside[name]));
  return markup`<ul class="bars">${FINDING_SEVERITIES.map((name) => {
    const percent = (count: number): string => `${((100 * count) / longest).toFixed(2)}%`;
    return markup`<li class="${name}"><span class="name">${name}</span>
<svg class="bar" width="100%" height="12" aria-hidden="true"><rect class="track" width="100%" height="12" rx="3"/>
<rect class="value" width="${percent(active[name])}" height="12" rx="3"/>
<rect class="aside" x="${percent(active[name])}" width="${percent(aside[name])}" height="12"/></svg>
<span class="count">${formatCount(active[name])}${aside[name] > 0 ? markup` <small>+${formatCount(aside[name])} set aside</small>` : null}</span></li>`;
  })}</ul>`;
}

function countsOf(findings: readonly Finding[], state: Finding['state']): SeverityCounts {
  return countSeverities(
    findings.filter((finding) => finding.state === state).map(({ severity }) => severity),
  );
}
