import { severityOfCvss, type FindingSeverity } from '../severity';
import type { SarifLevel } from './log';

export function sarifLevel(severity: FindingSeverity): SarifLevel {
  switch (severity) {
    case 'critical':
    case 'high':
      return 'error';
    case 'medium':
      return 'warning';
    case 'low':
    case 'info':
      return 'note';
  }
}

/** The middle of each CVSS band: what GitHub turns back into the same word. */
const SCORES: Readonly<Record<FindingSeverity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

/** `security-severity` of a rule, from 0.0 to 10.0: the score, rounded down, where it says what the severity says. */
export function securitySeverity(severity: FindingSeverity, cvss: number | null): string {
  const agrees = cvss !== null && cvss <= 10;
  return agrees && severityOfCvss(cvss) === severity
    ? (Math.floor(cvss * 10 + 1e-9) / 10).toFixed(1)
    : SCORES[severity];
}
