import type { Recommendation } from '../../../../domain/checks/verification';
import { formatCounted } from '../../../../domain/format/count';
import { markup, type Markup } from './markup';

/** What to do first: the fixes that remove most. */
export function adviceSection(recommendations: readonly Recommendation[]): Markup | null {
  if (recommendations.length === 0) return null;
  return markup`<section id="advice" aria-labelledby="advice-title"><h2 id="advice-title">What to do first</h2>
<ol class="advice">${recommendations.map(({ sentence, removes, severity }) => markup`<li>${sentence} <small>removes ${formatCounted(removes, 'finding')}</small> <span class="chip ${severity}">${severity}</span></li>`)}</ol></section>`;
}

export function noticesSection(notices: readonly string[]): Markup | null {
  if (notices.length === 0) return null;
  return markup`<section id="notices" aria-labelledby="notices-title"><h2 id="notices-title">Notices</h2>
<ul>${notices.map((notice) => markup`<li>${notice}</li>`)}</ul></section>`;
}
