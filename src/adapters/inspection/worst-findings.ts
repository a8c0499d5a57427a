import type { Finding } from '../../domain/checks/finding';
import type { SkippedTarget } from '../../domain/checks/scan-report';
import { compareSeverity, worstSeverity, type FindingSeverity } from '../../domain/checks/severity';

export interface WorstFindings {
  /** Worst first, then by place; at most 1 000. */
  readonly findings: readonly Finding[];
  /** The worst severity of those that are left out; null: none is. */
  readonly cut: FindingSeverity | null;
}

/** A tree with more is no better known with all of them, as long as the report says so. */
const MOST_FINDINGS = 1_000;
const CUT = 'the others are not listed';
const CUT_REASON = `more than 1,000 findings; ${CUT}`;

export function worstFindings(findings: readonly Finding[]): WorstFindings {
  const sorted = [...findings].sort(byWeight);
  return {
    findings: sorted.slice(0, MOST_FINDINGS),
    cut: sorted[MOST_FINDINGS]?.severity ?? null,
  };
}

/** The worst of several cuts. */
export function worstCut(cuts: readonly (FindingSeverity | null)[]): FindingSeverity | null {
  return worstSeverity(cuts.filter((cut) => cut !== null));
}

/** A cut is said. It is a hole where one that is left out may block: exceptions apply only to those that are listed. */
export function cutTargets(
  cut: FindingSeverity | null,
  { target = 'findings', reason = CUT_REASON }: { target?: string; reason?: string } = {},
): readonly SkippedTarget[] {
  return cut === null ? [] : [{ target, reason, allowed: cut === 'low' || cut === 'info' }];
}

/** The reason of a report that is partial for its cut; null where nothing that may block was cut. */
export function cutReason(skipped: readonly SkippedTarget[]): string | null {
  return skipped.find(({ reason, allowed }) => !allowed && reason.endsWith(CUT))?.reason ?? null;
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
