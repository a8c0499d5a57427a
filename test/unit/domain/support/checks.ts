import type { Severity } from '../../../../src/domain/analysis/criterion';
import type { CheckReport, Finding } from '../../../../src/domain/checks/finding';

export function finding(severity: Severity): Finding {
  return {
    check: 'secrets',
    rule: 'private-key',
    severity,
    title: 'A private key',
    location: { path: 'config/key.pem', line: 3 },
  };
}

/** A check that looked at everything and found nothing. */
export function report(check: string, changes: Partial<CheckReport> = {}): CheckReport {
  return {
    check,
    status: 'completed',
    reason: null,
    covered: 10,
    applicable: 10,
    skipped: [],
    probe: 'hit',
    findings: [],
    durationMs: 5,
    ...changes,
  };
}
