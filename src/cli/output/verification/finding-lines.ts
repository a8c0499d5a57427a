import type { AppliedSuppression, Finding } from '../../../domain/checks/finding';
import { compareSeverity, countSeverities } from '../../../domain/checks/severity';
import { formatCount } from '../../../domain/format/count';
import { minute } from '../durations';
import { paint, plain, type Style } from '../style';
import { placeOf } from './places';
import { countWords, severityTone } from './severity-words';

const MOST_ACTIVE = 30;
const MOST_SUPPRESSED = 10;

/** Active findings, worst first, each with its place and its fix; then what is set aside, by whom and until when. */
export function findingLines(findings: readonly Finding[], style: Style): readonly string[] {
  const active = findings
    .filter(({ state }) => state === 'active')
    .sort((one, other) => compareSeverity(one.severity, other.severity));
  const suppressed = findings.filter(({ state }) => state === 'suppressed');
  const total = countWords(countSeverities(active.map(({ severity }) => severity)));
  const aside = suppressed.length === 0 ? '' : `, ${formatCount(suppressed.length)} suppressed`;
  return [
    '',
    `${paint('Findings', 'bold', style)}  ${total}${aside}`,
    ...active.slice(0, MOST_ACTIVE).flatMap((finding) => activeLines(finding, style)),
    ...moreLine(active.length - MOST_ACTIVE),
    ...suppressed.slice(0, MOST_SUPPRESSED).flatMap((finding) => suppressedLines(finding, style)),
    ...moreLine(suppressed.length - MOST_SUPPRESSED),
  ];
}

/** The last line is what a suppression names. */
function activeLines(finding: Finding, style: Style): readonly string[] {
  const { severity, title, location, component, fix, fingerprint } = finding;
  const words = paint(severity.padEnd(8), severityTone(severity), style);
  const by = finding.sources.length > 1 ? `told by ${finding.sources.join(', ')}` : '';
  const names = [finding.ruleId, fingerprint, by].filter((name) => name !== '').join('  ');
  return [
    `  ${words}  ${paint(placeOf(location, component), 'bold', style)}`,
    `${INDENT}${plain(title)}`,
    ...(fix === null ? [] : [`${INDENT}fix: ${plain(fix.sentence)}`]),
    paint(`${INDENT}${plain(names)}`, 'dim', style),
  ];
}

function suppressedLines(finding: Finding, style: Style): readonly string[] {
  const { title, ruleId, location, component, suppression } = finding;
  const lines = [
    `  set aside ${placeOf(location, component)}`,
    `${INDENT}${plain(title)} (${plain(ruleId)})`,
    ...(suppression === null ? [] : [`${INDENT}${asideWords(suppression)}`]),
  ];
  return lines.map((each) => paint(each, 'dim', style));
}

function asideWords({ reason, statement, approvedBy, expiresAtMs }: AppliedSuppression): string {
  const until = minute(expiresAtMs).slice(0, 10);
  return plain(`${reason}, by ${approvedBy}, until ${until}: ${statement}`);
}

const INDENT = ' '.repeat(12);

function moreLine(rest: number): readonly string[] {
  return rest > 0 ? [`  and ${formatCount(rest)} more: --output json`] : [];
}
