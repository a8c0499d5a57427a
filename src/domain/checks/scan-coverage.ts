import { SCANNERS } from './catalog';
import { incompleteBecause } from './completeness';
import type { ScanReport } from './scan-report';

/** The least share of targets that any applicable scan looked at, in percent; null where nothing is applicable. */
export function coverageOf(scans: readonly ScanReport[]): number | null {
  const shares = SCANNERS.flatMap((scanner) => {
    const own = scans.filter((report) => report.scanner === scanner);
    return own.length === 0 ? [0] : own.flatMap(shareOf);
  });
  return shares.length === 0 ? null : Math.min(...shares);
}

function shareOf(report: ScanReport): readonly number[] {
  const { status, covered, total, probe } = report;
  switch (status) {
    case 'not-applicable':
      return [];
    case 'failed':
    case 'unavailable':
      return [0];
    case 'completed':
    case 'partial':
    case 'timed-out':
      if (probe === 'miss') return [0];
      return [share(covered, total, incompleteBecause(report))];
  }
}

/** Without a target, a scan that looked at all there is covers all. */
function share(covered: number, total: number, gap: string | null): number {
  if (total > 0) return Math.max(0, Math.min(100, (100 * covered) / total));
  return gap === null ? 100 : 0;
}
