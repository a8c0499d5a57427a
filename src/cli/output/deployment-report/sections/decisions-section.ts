import type { DecisionRecord } from '../../../../domain/approval/decision';
import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport } from '../report';
import { utcTime } from '../utc-time';

/** What people decided, and what became of it. */
export function decisionsSection({ status: { decisions } }: DeploymentReport): Markup | null {
  if (decisions.length === 0) return null;
  return markup`<section id="decisions" aria-labelledby="decisions-title"><h2 id="decisions-title">Decisions</h2>
<div class="scroll"><table><caption>As they were received.</caption>
<thead><tr><th scope="col">UTC</th><th scope="col">Decision</th><th scope="col">By</th><th scope="col">Effect</th><th scope="col">What it did</th></tr></thead>
<tbody>${decisions.map(row)}</tbody></table></div></section>`;
}

function row(decision: DecisionRecord): Markup {
  const { kind, actor, verification, effect, sentence, reason, receivedAtMs } = decision;
  const identity = verification === 'verified' ? 'verified' : 'identity not verified';
  return markup`<tr><th scope="row">${utcTime(receivedAtMs)}</th><td>${kind}</td><td><bdi>${actor ?? 'unknown'}</bdi><br><small>${identity}</small></td><td>${effect}</td><td>${sentence}${reason === null ? null : markup`<br><small>“${reason}”</small>`}</td></tr>`;
}
