import { formatCount } from '../format/count';
import { SCANNERS, type ScannerName } from './catalog';
import { safeText } from './safe-text';
import type { ScanReport } from './scan-report';
import { unanswered } from './scan-reports';

/** Why a scan proves nothing although it ran or should have; null: it looked at everything, or nothing applies. */
export function incompleteBecause(report: ScanReport): string | null {
  switch (report.status) {
    case 'not-applicable':
      return null;
    case 'completed':
      return gapOf(report);
    case 'partial':
    case 'failed':
    case 'timed-out':
    case 'unavailable':
      return report.reason === null ? `it ended as ${report.status}` : safeText(report.reason, 300);
  }
}

function gapOf({ covered, total, skipped, probe }: ScanReport): string | null {
  if (probe === 'miss') return 'it did not find its known-bad probe, so its silence means nothing';
  if (probe === 'none' && total > 0) {
    return 'it looked without its known-bad probe, so its silence means nothing';
  }
  const hole = skipped.find(({ allowed }) => !allowed);
  if (covered === total && hole === undefined) return null;
  const example =
    hole === undefined
      ? ''
      : ` (for example ${safeText(hole.target, 120)}: ${safeText(hole.reason, 120)})`;
  return `it covered ${formatCount(covered)} of ${formatCount(total)}${example}`;
}

/** All reports in the order of the catalog; a scanner that gave none is one that failed. */
export function everyScan(reports: readonly ScanReport[]): readonly ScanReport[] {
  return SCANNERS.flatMap((scanner) => {
    const own = reports.filter((report) => report.scanner === scanner);
    return own.length === 0 ? [absent(scanner)] : [...own].sort(byTool);
  });
}

function absent(scanner: ScannerName): ScanReport {
  return unanswered(scanner, 'failed', { reason: 'it gave no report', total: 1 });
}

function byTool(one: ScanReport, other: ScanReport): number {
  return one.tool.name < other.tool.name ? -1 : Number(one.tool.name > other.tool.name);
}
