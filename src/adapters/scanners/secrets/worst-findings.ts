import type { Finding } from '../../../domain/checks/finding';
import { compareSeverity } from '../../../domain/checks/severity';

/** A tree with more secrets is no better known with all of them. */
const MOST_FINDINGS = 1_000;

/** Worst first, then by place; at most 1 000. */
export function worstFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(byWeight).slice(0, MOST_FINDINGS);
}

function byWeight(one: Finding, other: Finding): number {
  return compareSeverity(one.severity, other.severity) || byPlace(placeOf(one), placeOf(other));
}

interface Place {
  readonly path: string;
  readonly line: number;
}

function placeOf({ location }: Finding): Place {
  return { path: location?.path ?? '', line: location?.line ?? 0 };
}

function byPlace(one: Place, other: Place): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.line - other.line;
}
