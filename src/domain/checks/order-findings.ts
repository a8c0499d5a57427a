import { SCANNERS } from './catalog';
import type { Finding } from './finding';
import { compareSeverity } from './severity';

/** Worst first; the rest of the order only makes it the same for the same findings, however they came. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (one, other) =>
      compareSeverity(one.severity, other.severity) ||
      SCANNERS.indexOf(one.scanner) - SCANNERS.indexOf(other.scanner) ||
      compareText(one.location?.path ?? '', other.location?.path ?? '') ||
      (one.location?.line ?? 0) - (other.location?.line ?? 0) ||
      compareText(one.ruleId, other.ruleId) ||
      compareText(one.fingerprint, other.fingerprint) ||
      compareText(JSON.stringify(one), JSON.stringify(other)),
  );
}

/** By code unit: the same on every machine. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
