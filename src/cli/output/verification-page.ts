import type { Verification } from '../../domain/checks/verification';
import type { VerificationSubject } from '../../domain/checks/verification-subject';
import { pageDocument, pageNavigation } from './page/document';
import { adviceSection, noticesSection } from './verification/page/advice-section';
import { checksSection } from './verification/page/checks-section';
import { coverageCard } from './verification/page/coverage-ring';
import { findingsSection } from './verification/page/findings-section';
import { gatesSection } from './verification/page/gates-section';
import { markup, type Markup } from './page/markup';
import { severityBars } from './verification/page/severity-bars';
import { STYLESHEET } from './verification/page/stylesheet';
import { verdictHeader } from './verification/page/verdict-header';

/** The verification as one HTML page that needs nothing else, see {@link pageDocument}. */
export function verificationPage(verification: Verification, subject: VerificationSubject): string {
  const verdict = verification.passed ? 'Passed' : 'Blocked';
  return pageDocument({
    title: `${verdict}: ${subject.what} – Belay verification`,
    stylesheet: STYLESHEET,
    skip: { id: 'findings', words: 'To the findings' },
    body: bodyOf(verification, subject),
  });
}

function bodyOf(verification: Verification, subject: VerificationSubject): Markup {
  const { findings, scans, validation, build, tests, gates } = verification;
  const active = findings.filter(({ state }) => state === 'active');
  return markup`${verdictHeader(verification, subject)}
${navigation(verification)}
<main>
${adviceSection(verification.recommendations)}
<section id="overview" aria-labelledby="overview-title"><h2 id="overview-title">Findings by severity</h2>${severityBars(findings)}</section>
<section id="scanners" aria-labelledby="scanners-title"><h2 id="scanners-title">What the scanners looked at</h2><ul class="cards">${scans.map((scan) => coverageCard(scan, active))}</ul></section>
${gatesSection(gates)}
${findingsSection(findings)}
${checksSection(validation, build, tests)}
${noticesSection(verification.notices)}
</main>
<footer>Belay ${subject.version}. A check that did not look at everything is never a pass.</footer>`;
}

function navigation({ recommendations, gates, notices }: Verification): Markup {
  return pageNavigation([
    ['advice', 'What to do first', recommendations.length > 0],
    ['overview', 'Severities', true],
    ['scanners', 'Scanners', true],
    ['gates', 'Gates', gates.length > 0],
    ['findings', 'Findings', true],
    ['checks', 'Validators and tests', true],
    ['notices', 'Notices', notices.length > 0],
  ]);
}
