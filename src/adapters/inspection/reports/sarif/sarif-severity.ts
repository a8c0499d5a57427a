import type { Finding } from '../../../../domain/checks/finding';
import { severityOfCvss, type FindingSeverity } from '../../../../domain/checks/severity';
import { numberOf, objectOf, textOf, type Json } from '../json-value';

export type SarifSeverity = Pick<Finding, 'severity' | 'severityFrom' | 'cvss'>;

const LEVELS: ReadonlyMap<string, FindingSeverity> = new Map([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['none', 'info'],
]);

/** `security-severity` of the result or of its rule, else its level; a word that is none of SARIF's counts as high. */
export function severityOf(result: Json, rule: Json | null): SarifSeverity {
  const score = scoreOf(result) ?? scoreOf(rule);
  if (score !== null) return { severity: severityOfCvss(score), severityFrom: 'cvss', cvss: score };
  // SARIF 2.1.0, 3.27.10: the level is the rule's where the result has none, and `warning` where that has none either.
  const level = textOf(result['level']) ?? levelOf(rule) ?? 'warning';
  const severity = LEVELS.get(level);
  return severity === undefined
    ? { severity: 'high', severityFrom: 'unknown', cvss: null }
    : { severity, severityFrom: 'source', cvss: null };
}

function levelOf(rule: Json | null): string | null {
  return textOf(objectOf(rule?.['defaultConfiguration'])?.['level']);
}

/** Written as a number in a string; a score of 0 says that nobody rated it. */
function scoreOf(part: Json | null): number | null {
  const value = objectOf(part?.['properties'])?.['security-severity'];
  const text = textOf(value)?.trim() ?? '';
  const score = numberOf(value) ?? (/^\d{1,2}(?:\.\d{1,3})?$/.test(text) ? Number(text) : null);
  return score !== null && score > 0 && score <= 10 ? score : null;
}
