import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { BelayError } from '../domain/errors';

/**
 * The one place where an error becomes an `ApplicationFailure`: `type` is the code, the message says what happened
 * and what to do next. Failures over 4 kB are cut by the server, so long details stay out.
 */
export function toFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof BelayError) return fromBelayError(error);
  if (isAbort(error)) return new CancelledFailure('the activity was cancelled');
  const cause = error instanceof Error ? error : new Error(String(error));
  return ApplicationFailure.create({ message: cause.message, type: 'INTERNAL', cause });
}

function fromBelayError(error: BelayError): ApplicationFailure {
  return ApplicationFailure.create({
    message: error.next === undefined ? error.message : `${error.message} ${error.next}`,
    type: error.code,
    nonRetryable: !error.retryable,
    details: [error.details],
    cause: error,
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
