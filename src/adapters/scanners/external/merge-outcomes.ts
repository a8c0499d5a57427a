import type { ScanReport, SkippedTarget } from '../../../domain/checks/scan-report';
import type { ToolOutcome } from './tool-outcome';

/** The scanner's own report with what its external tools add. */
export function mergeOutcomes(report: ScanReport, outcomes: readonly ToolOutcome[]): ScanReport {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const merged: ScanReport = {
    ...report,
    ...looked(report, findings.length),
    findings: [...report.findings, ...findings],
    skipped: [...report.skipped, ...outcomes.flatMap(remarksOf)],
  };
  const unanswered = outcomes.filter(({ required, status }) => required && status !== 'completed');
  return unanswered.reduce(withGap, merged);
}

/**
 * A tool that found something where the scanner itself had nothing to look at was right to look. What it looked at is
 * not known, so it adds nothing to what was covered.
 */
function looked(report: ScanReport, found: number): Partial<ScanReport> {
  return report.status === 'not-applicable' && found > 0
    ? { status: 'completed', reason: null, covered: 0, total: 0 }
    : {};
}

function remarksOf({ tool, required, reason, notes }: ToolOutcome): readonly SkippedTarget[] {
  const gap = reason === null ? [] : [{ target: tool, reason, allowed: !required }];
  return [...gap, ...notes.map((note) => ({ target: tool, reason: note, allowed: true }))];
}

function withGap(report: ScanReport, { tool, status, reason }: ToolOutcome): ScanReport {
  const isFirst = report.status === 'completed' || report.status === 'not-applicable';
  const words = `${tool}: ${reason ?? 'it did not complete'}`;
  return {
    ...report,
    status: isFirst && status !== 'completed' ? status : report.status,
    reason: isFirst || report.reason === null ? words : `${report.reason}; ${words}`,
    total: report.total + 1,
  };
}
