import type { Finding } from '../../../domain/checks/finding';
import { compareSeverity } from '../../../domain/checks/severity';

/** The order of a report: where it is cut, the least is lost. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => compareSeverity(one.severity, other.severity));
}
