import type { Verification } from '../../../../domain/checks/verification';
import type { VerificationSubject } from '../../../../domain/checks/verification-subject';
import { formatCounted } from '../../../../domain/format/count';
import { minute } from '../../durations';
import { factList } from '../../page/facts';
import { markup, type Markup } from '../../page/markup';
import { cross, tick } from '../../page/sign';
import { scoreGauge } from './score-gauge';

/** The verdict, what it is about, and why. */
export function verdictHeader(
  { passed, score, reasons }: Verification,
  subject: VerificationSubject,
): Markup {
  const why = passed
    ? 'Every check looked at everything, and nothing stands in the way.'
    : `${formatCounted(reasons.length, 'reason')} to stop here:`;
  return markup`<header class="verdict ${passed ? 'good' : 'bad'}"><div><p class="tool">Belay verification</p>
<h1>${passed ? tick() : cross()} ${passed ? 'Passed' : 'Blocked'} <span class="what"><bdi>${subject.what}</bdi></span></h1>
<p>${why}</p>${reasons.length === 0 ? null : markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`}
${facts(subject)}</div>${scoreGauge(score)}</header>`;
}

function facts({
  verifiedAtMs,
  artifact,
  commit,
  inventoryDigest,
  version,
}: VerificationSubject): Markup {
  return factList([
    ['verified', `${minute(verifiedAtMs)} UTC`],
    ['artifact', artifact],
    ['commit', commit],
    ['inventory', inventoryDigest],
    ['belay', version],
  ]);
}
