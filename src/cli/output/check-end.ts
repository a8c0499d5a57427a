import type { CheckId } from '../../domain/checks/check-summary';
import type { ScanReport } from '../../domain/checks/scan-report';
import type { TestEvidence } from '../../domain/checks/test-evidence';
import type { ValidatorReport } from '../../domain/checks/validation';
import { formatCounted } from '../../domain/format/count';
import { span } from './durations';
import { plain } from './style';

/** One line as a check ends. */
export function endLine(
  check: CheckId,
  report: ValidatorReport | ScanReport | TestEvidence,
): string {
  return plain(`${check}: ${wordsOf(report)} (${span(report.durationMs)})`);
}

function wordsOf(report: ValidatorReport | ScanReport | TestEvidence): string {
  if ('suite' in report) return report.reason ?? report.outcome;
  if ('validator' in report) {
    if (report.error !== null) return report.error;
    const word = report.passed ? 'passed' : 'failed';
    return `${word}, ${report.covered} of ${report.total} looked at, ${formatCounted(report.problemCount, 'problem')}`;
  }
  const found = formatCounted(report.findings.length, 'finding');
  const looked = `${report.status}, ${report.covered} of ${report.total} looked at, ${found}`;
  return report.status === 'completed' ? looked : `${report.status}: ${report.reason ?? ''}`;
}
