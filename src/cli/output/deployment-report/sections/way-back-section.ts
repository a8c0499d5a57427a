import { formatDuration } from '../../../../domain/format/duration';
import { shortDigest } from '../../../../domain/revision';
import type { RollbackAnalysis } from '../../../../domain/rollback/rollback-analysis';
import { factList } from '../../page/facts';
import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport } from '../report';

/** Why it went back, what that did, and how stable is since. */
export function wayBackSection({ rollback, undone }: DeploymentReport): Markup | null {
  if (rollback === null && undone.length === 0) return null;
  return markup`<section id="way-back" aria-labelledby="way-back-title"><h2 id="way-back-title">The way back</h2>
${rollback === null ? null : analysis(rollback)}
${undone.length === 0 ? null : markup`<ol>${undone.map((phrase) => markup`<li>${phrase}</li>`)}</ol>`}</section>`;
}

function analysis({
  trigger,
  severity,
  evidence,
  validation,
  hold,
  difference,
  ...times
}: RollbackAnalysis): Markup {
  const took = (ms: number | null): string => (ms === null ? 'never' : formatDuration(ms));
  return markup`${factList([
    ['trigger', trigger],
    ['asked by', times.by],
    ['severity', severity],
    ['to 100 % stable', took(times.toSafeMs)],
    ['until nothing was left', took(times.toCleanMs)],
    ['on hold', hold === null ? null : shortDigest(hold)],
  ])}
<ul>${evidence.map((sentence) => markup`<li>${sentence}</li>`)}${validation === null ? null : markup`<li>Stable since: ${validation.sentence}</li>`}</ul>
${difference === null || difference.files.named.length === 0 ? null : markup`<details><summary>What the candidate had changed</summary><ul>${difference.files.named.map((name) => markup`<li><code><bdi>${name}</bdi></code></li>`)}${difference.run.map((phrase) => markup`<li>${phrase}</li>`)}</ul></details>`}`;
}
