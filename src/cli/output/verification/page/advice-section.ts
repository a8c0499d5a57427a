import type { Recommendation } from '../../../../domain/checks/verification';
import { formatCount, formatCounted } from '../../../../domain/format/count';
import { markup, type Markup } from '../../page/markup';

const AT_FIRST = 8;

/** What to do first: the fixes that remove most; the others can be unfolded. */
export function adviceSection(recommendations: readonly Recommendation[]): Markup | null {
  if (recommendations.length === 0) return null;
  const rest = recommendations.slice(AT_FIRST);
  return markup`<section id="advice" aria-labelledby="advice-title"><h2 id="advice-title">What to do first</h2>
<ol class="advice">${recommendations.slice(0, AT_FIRST).map(adviceItem)}</ol>
${
  rest.length === 0
    ? null
    : markup`<details><summary>${formatCount(rest.length)} more</summary><ol class="advice" start="${AT_FIRST + 1}">${rest.map(adviceItem)}</ol></details>`
}</section>`;
}

function adviceItem({ sentence, removes, severity }: Recommendation): Markup {
  return markup`<li>${sentence} <small>removes ${formatCounted(removes, 'finding')}</small> <span class="chip ${severity}">${severity}</span></li>`;
}

export function noticesSection(notices: readonly string[]): Markup | null {
  if (notices.length === 0) return null;
  return markup`<section id="notices" aria-labelledby="notices-title"><h2 id="notices-title">Notices</h2>
<ul>${notices.map((notice) => markup`<li>${notice}</li>`)}</ul></section>`;
}
