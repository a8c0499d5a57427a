import type { Finding } from '../../../domain/checks/finding';
import {
  severityOfCvss,
  worstSeverity,
  type FindingSeverity,
} from '../../../domain/checks/severity';
import { baseScore } from '../../inspection/components/base-score';
import type { AdvisoryGroup } from './group-aliases';

const WORDS: Readonly<Record<string, FindingSeverity>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  info: 'info',
  none: 'info',
};

/** The highest base score, else the source's own word, else high: what nobody rated is not harmless. */
export function advisorySeverity({
  isMalicious,
  cvssVectors,
  severityWords,
}: Pick<AdvisoryGroup, 'isMalicious' | 'cvssVectors' | 'severityWords'>): Pick<
  Finding,
  'severity' | 'severityFrom' | 'cvss'
> {
  const scores = cvssVectors.flatMap((vector) => baseScore(vector) ?? []);
  const cvss = scores.length === 0 ? null : Math.max(...scores);
  if (isMalicious) return { severity: 'critical', severityFrom: 'source', cvss };
  if (cvss !== null) return { severity: severityOfCvss(cvss), severityFrom: 'cvss', cvss };
  const worst = worstSeverity(severityWords.flatMap((word) => wordOf(word) ?? []));
  if (worst !== null) return { severity: worst, severityFrom: 'source', cvss };
  return { severity: 'high', severityFrom: 'unknown', cvss };
}

function wordOf(word: string): FindingSeverity | null {
  const lower = word.trim().toLowerCase();
  return Object.hasOwn(WORDS, lower) ? (WORDS[lower] ?? null) : null;
}
