import type { ScannerName } from '../domain/checks/catalog';
import type { ScanReport } from '../domain/checks/scan-report';
import type { CheckContext, CheckSubject } from './check-subject';

/** One of the five. Applicability follows from the inventory and the configuration, never from the scanner's mood. */
export interface Scanner {
  readonly name: ScannerName;
  /** Names tool and rules; part of the cache key. Null: its results are not to be kept. */
  identity(subject: CheckSubject): Promise<string | null>;
  /** Never throws for what it finds or cannot reach: that is in the report. Ends soon after the signal. */
  scan(subject: CheckSubject, context: CheckContext): Promise<ScanReport>;
}
