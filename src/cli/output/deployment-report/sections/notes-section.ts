import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport } from '../report';

/** What the plan said beforehand, what went wrong on the way, and what this page lacks. */
export function notesSection({ status, missing }: DeploymentReport): Markup | null {
  const notes = [...missing, ...status.alerts, ...status.notes];
  if (notes.length === 0) return null;
  return markup`<section id="notes" aria-labelledby="notes-title"><h2 id="notes-title">Notes</h2>
<ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul></section>`;
}
