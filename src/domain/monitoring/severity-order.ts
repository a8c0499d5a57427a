import type { Severity } from '../analysis/criterion';

const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** For sorting: the worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b);
}

/** The worse of the two. */
export function worseOf(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) <= 0 ? a : b;
}
