import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { Severity } from '../domain/analysis/criterion';
import type { Outcome } from '../domain/outcome';
import type { RollbackTrigger } from '../domain/rollback/rollback-analysis';

/** Why a deployment leaves its way forward, and what it will end as once everything is undone. */
export interface Departure {
  readonly outcome: Exclude<Outcome, 'rollback-incomplete'>;
  readonly cause: string;
  /** Who asked for it; null: the engine itself. */
  readonly by: string | null;
  /** A revision that had user traffic may not be deployed again until a person lifts the hold. */
  readonly hold: boolean;
  /** What set it off; where nothing is said, a step that could not be done. */
  readonly trigger?: RollbackTrigger;
  /** Of the criterion that was breached. */
  readonly severity?: Severity;
  /** Back to the fleet that an earlier deployment left standing by, past what is stable now. */
  readonly toInherited?: true;
}

const DEPARTURE = 'DEPARTURE';

/** Leaves the way forward: caught in {@link settle}, which undoes what was done. */
export function departureFailure(departure: Departure): ApplicationFailure {
  return ApplicationFailure.create({
    message: departure.cause,
    type: DEPARTURE,
    nonRetryable: true,
    details: [departure],
  });
}

export interface Situation {
  /** What a decision asked for, where one interrupted the run. */
  readonly decided: Departure | null;
  readonly hasEffects: boolean;
}

/** What an error that ended the way forward means. */
export function departureOf(error: unknown, { decided, hasEffects }: Situation): Departure {
  if (decided !== null) return decided;
  if (error instanceof ApplicationFailure && error.type === DEPARTURE) {
    return error.details?.[0] as Departure;
  }
  if (isCancellation(error)) {
    const cause = 'Cancelled through Temporal.';
    return { outcome: 'cancelled', cause, by: null, hold: false, trigger: 'cancelled' };
  }
  const cause = sentenceOf(error);
  return { outcome: hasEffects ? 'rolled-back' : 'blocked', cause, by: null, hold: true };
}

/** The message of the first cause that carries one of ours. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ActivityFailure && error.cause) return sentenceOf(error.cause);
  if (error instanceof Error) return error.message;
  return String(error);
}

/** The code of a failed activity: `FENCED`, `NO_HEALTHY_INSTANCE`, …; null for any other error. */
export function codeOf(error: unknown): string | null {
  if (error instanceof ActivityFailure) return codeOf(error.cause);
  return error instanceof ApplicationFailure ? (error.type ?? null) : null;
}
