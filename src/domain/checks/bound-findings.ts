import type { Severity } from '../analysis/criterion';
import type { CheckReport } from './finding';

const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The report with its worst findings, at most so many, and a count of the others: nothing that a gate counts is lost. */
export function boundFindings(report: CheckReport, most: number): CheckReport {
  const rank = ({ severity }: { readonly severity: Severity }): number =>
    WORST_FIRST.indexOf(severity);
  const sorted = [...report.findings].sort((one, other) => rank(one) - rank(other));
  const rest = sorted.slice(most);
  if (rest.length === 0) return { ...report, findings: sorted };
  const omitted = { critical: 0, high: 0, medium: 0, low: 0, ...report.omitted };
  for (const { severity } of rest) omitted[severity] += 1;
  return { ...report, findings: sorted.slice(0, most), omitted };
}
