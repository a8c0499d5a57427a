import type { Verification } from '../../../../domain/checks/verification';
import type { VerificationSubject } from '../../../../domain/checks/verification-subject';
import { formatCounted } from '../../../../domain/format/count';
import { minute } from '../../durations';
import { markup, type Markup } from './markup';
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
  const pairs: readonly (readonly [string, string | null])[] = [
    ['verified', `${minute(verifiedAtMs)} UTC`],
    ['artifact', artifact],
    ['commit', commit],
    ['inventory', inventoryDigest],
    ['belay', version],
  ];
  return markup`<dl>${pairs.map(([name, value]) => (value === null ? null : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>`;
}

function tick(): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="M6.5 12.5l3.8 3.8 7.2-8"/></svg>`;
}

function cross(): Markup {
  return markup`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/><path d="M7.5 7.5l9 9m0-9l-9 9"/></svg>`;
}
