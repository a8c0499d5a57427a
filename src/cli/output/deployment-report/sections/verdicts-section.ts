import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport, ReportedVerdict } from '../report';

/** What the judge said of each step, and by which rule. */
export function verdictsSection({ verdicts, status }: DeploymentReport): Markup | null {
  if (verdicts.length === 0) return null;
  const nameOf = (stepId: string): string | null =>
    status.steps.find(({ id }) => id === stepId)?.summary ?? null;
  return markup`<section id="verdicts" aria-labelledby="verdicts-title"><h2 id="verdicts-title">Verdicts</h2>
<div class="scroll"><table><caption>What the judge said of each step: of how many, against what limit, for how long.</caption>
<thead><tr><th scope="col">Step</th><th scope="col">Verdict</th><th scope="col">Rule</th><th scope="col">What was seen</th></tr></thead>
<tbody>${verdicts.map((verdict) => row(verdict, nameOf(verdict.stepId)))}</tbody></table></div></section>`;
}

function row({ stepId, kind, rule, sentence }: ReportedVerdict, name: string | null): Markup {
  return markup`<tr><th scope="row">${stepId}${name === null ? null : markup`<br><small>${name}</small>`}</th><td><span class="chip ${toneOf(kind)}">${kind}</span></td><td><code>${rule ?? '–'}</code></td><td>${sentence}</td></tr>`;
}

/** A class of the stylesheet; never text of others. */
function toneOf(kind: string): string {
  if (kind === 'harm') return 'failed';
  return kind === 'safe' ? 'passed' : 'warned';
}
