/** Worst first. */
export const FINDING_SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

export type SeverityCounts = Readonly<Record<FindingSeverity, number>>;

export const NO_FINDINGS: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

/** Negative where the first is worse: sorts worst first. */
export function compareSeverity(one: FindingSeverity, other: FindingSeverity): number {
  return FINDING_SEVERITIES.indexOf(one) - FINDING_SEVERITIES.indexOf(other);
}

export function worstSeverity(severities: readonly FindingSeverity[]): FindingSeverity | null {
  return [...severities].sort(compareSeverity)[0] ?? null;
}

export function countSeverities(severities: readonly FindingSeverity[]): SeverityCounts {
  const counts = { ...NO_FINDINGS };
  for (const severity of severities) counts[severity] += 1;
  return counts;
}

/** The qualitative rating of a CVSS base score (FIRST, CVSS v3.1 section 5): 9.0, 7.0, 4.0, 0.1. */
export function severityOfCvss(score: number): FindingSeverity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}
