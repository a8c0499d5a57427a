import { createHash } from 'node:crypto';
import type { Verification } from '../../domain/checks/verification';
import type { VerificationSubject } from '../../domain/checks/verification-subject';
import { adviceSection, noticesSection } from './verification/page/advice-section';
import { checksSection } from './verification/page/checks-section';
import { coverageCard } from './verification/page/coverage-ring';
import { findingsSection } from './verification/page/findings-section';
import { gatesSection } from './verification/page/gates-section';
import { markup, Markup } from './verification/page/markup';
import { severityBars } from './verification/page/severity-bars';
import { STYLESHEET } from './verification/page/stylesheet';
import { verdictHeader } from './verification/page/verdict-header';

/**
 * The verification as one HTML page that needs nothing else: no request, no script. Its policy lets in one stylesheet,
 * by digest; whatever a path or a title holds can neither run nor load nor restyle anything.
 */
export function verificationPage(verification: Verification, subject: VerificationSubject): string {
  const { findings, scans, validation, build, tests, gates } = verification;
  const verdict = verification.passed ? 'Passed' : 'Blocked';
  const active = findings.filter(({ state }) => state === 'active');
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>${verdict}: ${subject.what} – Belay verification</title><style>${new Markup(STYLESHEET)}</style></head>
<body><a class="skip" href="#findings">To the findings</a><div class="page">
${verdictHeader(verification, subject)}
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
<footer>Belay ${subject.version}. A check that did not look at everything is never a pass.</footer>
</div></body></html>
`;
  return page.html;
}

function policy(): string {
  const digest = createHash('sha256').update(STYLESHEET).digest('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}

function navigation({ recommendations, gates, notices }: Verification): Markup {
  const places: readonly (readonly [string, string, boolean])[] = [
    ['advice', 'What to do first', recommendations.length > 0],
    ['overview', 'Severities', true],
    ['scanners', 'Scanners', true],
    ['gates', 'Gates', gates.length > 0],
    ['findings', 'Findings', true],
    ['checks', 'Validators and tests', true],
    ['notices', 'Notices', notices.length > 0],
  ];
  const links = places.filter(([, , exists]) => exists);
  return markup`<nav aria-label="Parts of this page">${links.map(([id, name]) => markup`<a href="#${id}">${name}</a>`)}</nav>`;
}
