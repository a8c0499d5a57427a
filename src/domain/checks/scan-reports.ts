import type { ScannerName } from './catalog';
import type { ScanReport, ScanStatus, ToolIdentity } from './scan-report';

export const UNKNOWN_TOOL: ToolIdentity = {
  name: 'belay',
  version: '0',
  rules: '',
  dataUpdatedAtMs: null,
  dataSource: null,
};

/** A report that says only that the inventory holds nothing for this scanner, or that it is switched off. */
export function notApplicable(
  scanner: ScannerName,
  reason: string,
  tool: ToolIdentity = UNKNOWN_TOOL,
): ScanReport {
  return { ...empty(scanner), status: 'not-applicable', reason, tool };
}

/** Where the configuration switched the scanner off: then nothing was measured, and that is not zero. */
export function isSwitchedOff({ status, reason }: ScanReport): boolean {
  return status === 'not-applicable' && (reason ?? '').startsWith('switched off');
}

/** A report without an answer; it blocks. `total` at least 1: nothing looked at is never everything. */
export function unanswered(
  scanner: ScannerName,
  status: Exclude<ScanStatus, 'completed' | 'not-applicable'>,
  { reason, total, tool = UNKNOWN_TOOL }: Unanswered,
): ScanReport {
  return { ...empty(scanner), status, reason, tool, total: Math.max(1, total), probe: 'miss' };
}

interface Unanswered {
  readonly reason: string;
  readonly total: number;
  readonly tool?: ToolIdentity;
}

function empty(scanner: ScannerName): ScanReport {
  return {
    scanner,
    status: 'completed',
    reason: null,
    tool: UNKNOWN_TOOL,
    covered: 0,
    total: 0,
    skipped: [],
    probe: 'none',
    findings: [],
    durationMs: 0,
    cached: false,
  };
}
