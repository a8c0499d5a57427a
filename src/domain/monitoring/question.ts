import type { Severity } from '../analysis/criterion';

/** How long a person has to answer, and what follows when nobody does. */
export interface QuestionTerms {
  readonly deadlineMs: number;
  /** `keep`: the weights stay, it is watched on, and the step does not advance while it is so. */
  readonly onDeadline: 'rollback' | 'keep';
}

const ONE_MINUTE_MS = 60_000;

/** For what has no severity of its own: then the rollout goes back. */
export const QUESTION_MS = 30 * ONE_MINUTE_MS;

/** By the severity of what is asked about: the worse it is, the less time users are left with it. */
const TERMS: Readonly<Record<Severity, QuestionTerms>> = {
  critical: { deadlineMs: 5 * ONE_MINUTE_MS, onDeadline: 'rollback' },
  high: { deadlineMs: 15 * ONE_MINUTE_MS, onDeadline: 'rollback' },
  medium: { deadlineMs: 30 * ONE_MINUTE_MS, onDeadline: 'keep' },
  low: { deadlineMs: 60 * ONE_MINUTE_MS, onDeadline: 'keep' },
};

export function termsOf(severity: Severity): QuestionTerms {
  return TERMS[severity];
}
