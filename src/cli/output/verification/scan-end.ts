import { incompleteBecause } from '../../../domain/checks/completeness';
import type { ScanReport } from '../../../domain/checks/scan-report';

/** Whether a scan's silence means anything; a `completed` one with a gap is incomplete. */
export type ScanEnd = 'complete' | 'incomplete' | 'not-applicable';

export function scanEnd(scan: ScanReport): ScanEnd {
  if (scan.status === 'not-applicable') return 'not-applicable';
  return incompleteBecause(scan) === null ? 'complete' : 'incomplete';
}
