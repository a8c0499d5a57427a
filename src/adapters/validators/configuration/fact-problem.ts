import type { FindingSeverity } from '../../../domain/checks/severity';
import type { Problem } from '../../../domain/checks/validation';

/** A problem of the configuration itself, which is no file of the tree. */
export function factProblem(rule: string, severity: FindingSeverity, title: string): Problem {
  return { rule: `configuration/${rule}`, severity, title, location: null };
}

/** A name as it may be printed; a value in its place is not. */
export function shownName(name: string): string {
  return /^[\w.@/+-]{1,80}$/.test(name) ? name : 'a name that cannot be printed';
}
