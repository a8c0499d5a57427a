import type { Recommendation, Verification } from '../../domain/checks/verification';
import type { VerificationSubject } from '../../domain/checks/verification-subject';
import { formatCounted } from '../../domain/format/count';
import { shortDigest } from '../../domain/revision';
import { minute } from './durations';
import { mark, paint, plain, wrap, type Style } from './style';
import { evidenceLines } from './verification/evidence-lines';
import { findingLines } from './verification/finding-lines';
import { gateLines } from './verification/gate-lines';
import { scanLines } from './verification/scan-lines';
import { validationLines } from './verification/validation-lines';

const MOST_RECOMMENDATIONS = 10;

/** What `belay verify` and `belay report` print for people: the verdict and why, then what it rests on. */
export function verificationText(
  verification: Verification,
  subject: VerificationSubject,
  style: Style,
): readonly string[] {
  const { scans, findings, validation, build, tests, gates } = verification;
  return [
    verdictLine(verification, subject, style),
    paint(subjectLine(subject), 'dim', style),
    ...verification.reasons.map((reason) => `  ${mark('failed', style)} ${plain(reason)}`),
    '',
    ...scanLines(scans, findings, style),
    '',
    ...validationLines(validation, style),
    ...evidenceLines(build, tests, style),
    ...gateLines(gates, style),
    ...findingLines(findings, style),
    ...recommendationLines(verification.recommendations, style),
    ...noticeLines(verification.notices, style),
  ].flatMap((line) => wrap(line, style.columns, indentOf(line)));
}

function verdictLine(
  { passed, score, reasons }: Verification,
  { what }: VerificationSubject,
  style: Style,
): string {
  const verdict = passed ? paint('PASSED', 'good', style) : paint('BLOCKED', 'bad', style);
  const why = passed ? [] : [formatCounted(reasons.length, 'reason')];
  const points = score === null ? 'no score: a scan is incomplete' : `score ${score} of 100`;
  return [
    `${mark(passed ? 'done' : 'failed', style)} ${verdict}`,
    paint(plain(what), 'bold', style),
    ...why,
    points,
  ].join('   ');
}

function subjectLine({ artifact, commit, verifiedAtMs, version }: VerificationSubject): string {
  return [
    `  ${minute(verifiedAtMs)} UTC`,
    ...(artifact === null ? [] : [`artifact ${shortDigest(artifact)}`]),
    ...(commit === null ? [] : [`commit ${plain(commit).slice(0, 12)}`]),
    `belay ${plain(version)}`,
  ].join('   ');
}

function recommendationLines(
  recommendations: readonly Recommendation[],
  style: Style,
): readonly string[] {
  if (recommendations.length === 0) return [];
  const rest = recommendations.length - MOST_RECOMMENDATIONS;
  return [
    '',
    paint('What to do first', 'bold', style),
    ...recommendations
      .slice(0, MOST_RECOMMENDATIONS)
      .map(
        ({ sentence, removes, severity }, index) =>
          `  ${String(index + 1).padStart(2)}. ${plain(sentence)} (${formatCounted(removes, 'finding')}, worst ${severity})`,
      ),
    ...(rest > 0 ? [`  and ${rest} more: --output json`] : []),
  ];
}

function noticeLines(notices: readonly string[], style: Style): readonly string[] {
  if (notices.length === 0) return [];
  return ['', paint('Notices', 'bold', style), ...notices.map((notice) => `  - ${plain(notice)}`)];
}

/** What is broken goes on below its own text. */
function indentOf(line: string): number {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  return indent + 2;
}
