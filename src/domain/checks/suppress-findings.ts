import { formatDate } from '../format/date';
import type { Finding } from './finding';
import type { Suppression } from './policy';
import { isIncompleteRule } from './scan-incomplete';
import { matchesSuppression } from './suppression-match';

const DAY_MS = 86_400_000;
/** A critical finding or a secret is never set aside for longer at a time. */
export const LONGEST_GRAVE_DAYS = 30;

interface Judged {
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
}

/**
 * Sets aside what the configuration says, and tells of each entry that does not do what its author meant: expired, too
 * long, for a reason that does not hold for a secret, or without anything to match.
 */
export function suppressFindings(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  nowMs: number,
): Judged {
  const uses = suppressions.map((suppression) => ({ suppression, answers: new Set<Answer>() }));
  const judged = findings.map((finding) => {
    const applied = uses.filter(({ suppression, answers }) => {
      if (!matchesSuppression(suppression.match, finding)) return false;
      const answer = answerOf(suppression, finding, nowMs);
      answers.add(answer);
      return answer === 'applies';
    });
    const [first] = applied;
    return first === undefined ? finding : setAside(finding, first.suppression);
  });
  return {
    findings: judged,
    notices: uses.flatMap(({ suppression, answers }) => noticesOf(suppression, answers)),
  };
}

type Answer = 'applies' | 'expired' | 'reason' | 'too-long' | 'never';

function answerOf(suppression: Suppression, finding: Finding, nowMs: number): Answer {
  if (isIncompleteRule(finding.ruleId)) return 'never';
  if (!(nowMs < suppression.expiresAtMs)) return 'expired';
  if (isSecret(finding) && !HOLDS_FOR_SECRETS.has(suppression.reason)) return 'reason';
  return isGrave(finding) && !isShort(suppression, nowMs) ? 'too-long' : 'applies';
}

function isGrave(finding: Finding): boolean {
  return finding.severity === 'critical' || isSecret(finding);
}

function isShort({ createdAtMs, expiresAtMs }: Suppression, nowMs: number): boolean {
  const fromMs = Math.min(createdAtMs ?? nowMs, nowMs);
  return expiresAtMs - fromMs <= LONGEST_GRAVE_DAYS * DAY_MS;
}

const HOLDS_FOR_SECRETS: ReadonlySet<string> = new Set(['false-positive', 'revoked']);

function isSecret({ scanner, ruleId }: Finding): boolean {
  return scanner === 'secrets' || ruleId.startsWith('secrets/');
}

function setAside(finding: Finding, suppression: Suppression): Finding {
  const { reason, statement, approvedBy, expiresAtMs, place } = suppression;
  return {
    ...finding,
    state: 'suppressed',
    suppression: { reason, statement, approvedBy, expiresAtMs, place },
  };
}

function noticesOf(suppression: Suppression, answers: ReadonlySet<Answer>): readonly string[] {
  const { place, expiresAtMs, reason } = suppression;
  if (answers.size === 0) return [`${place} matches nothing any more: remove it`];
  return [...answers].sort().flatMap((answer) => {
    switch (answer) {
      case 'applies':
        return [];
      case 'expired':
        return [`${place} expired on ${formatDate(expiresAtMs)}: what it matches counts again`];
      case 'reason':
        return [
          `${place} does not apply: a secret is set aside only as \`false-positive\` or \`revoked\`, not as \`${reason}\``,
        ];
      case 'too-long':
        return [
          `${place} does not apply to a secret or a critical finding: it would hold for more than ${LONGEST_GRAVE_DAYS} days; ` +
            'write `created` and an earlier `expires`',
        ];
      case 'never':
        return [`${place} does not apply: a scan that is incomplete cannot be suppressed`];
    }
  });
}
