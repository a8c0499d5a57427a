import { formatCounted } from '../../../../domain/format/count';
import { markup, type Markup } from '../../page/markup';
import { countWords } from '../../verification/severity-words';
import type { DeploymentReport } from '../report';

const MOST_GATES = 40;

/** What the checks said, in short; `belay report` has all of it. */
export function verificationSection({ verification, status }: DeploymentReport): Markup | null {
  if (verification === null) return null;
  const { passed, counts, gates, score, reasons, validation } = verification.verification;
  const { summary } = validation;
  return markup`<section id="checks" aria-labelledby="checks-title"><h2 id="checks-title">What the checks said</h2>
<p><span class="chip ${passed ? 'passed' : 'failed'}">${passed ? 'passed' : 'blocked'}</span> ${score === null ? 'No score: a scan is incomplete.' : `Score ${score} of 100.`} Findings: ${countWords(counts)}. ${summary.passed} of ${summary.total} validators passed.</p>
${reasons.length === 0 ? null : markup`<ul>${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${gates.length === 0 ? null : markup`<details><summary>${formatCounted(gates.length, 'gate')}</summary><ul>${gates.slice(0, MOST_GATES).map(({ sentence, outcome }) => markup`<li><span class="chip ${outcome}">${outcome}</span> ${sentence}</li>`)}</ul></details>`}
<p><small>All of it: <code>belay report ${status.deployment} --output html --file checks.html</code></small></p></section>`;
}
