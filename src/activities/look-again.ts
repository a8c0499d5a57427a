import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

/** Ends one look of an activity that polls by failing: no event of the history, no slot of the worker meanwhile. */
export function lookAgain(afterMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'watching',
    type: 'WATCHING',
    nextRetryDelay: afterMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}
