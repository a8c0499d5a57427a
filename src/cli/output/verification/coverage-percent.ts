import type { ScanReport } from '../../../domain/checks/scan-report';

/** Rounded down, so that 100 means everything; null where there was nothing to look at. */
export function coveragePercent({
  covered,
  total,
}: Pick<ScanReport, 'covered' | 'total'>): number | null {
  if (total <= 0) return null;
  return Math.max(0, Math.min(100, Math.floor((100 * covered) / total)));
}
