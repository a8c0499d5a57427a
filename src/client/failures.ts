import { ApplicationFailure } from '@temporalio/common';
import { BelayError, isErrorCode } from '../domain/errors';

/**
 * A workflow's failure as the BelayError that its activity or its code meant: the type of the innermost application
 * failure is the code. What carries no code becomes `INTERNAL`.
 */
export function errorOfFailure(error: unknown): BelayError {
  if (error instanceof BelayError) return error;
  let at: unknown = error;
  let deepest: BelayError | null = null;
  for (let depth = 0; at instanceof Error && depth < 10; depth += 1) {
    if (at instanceof ApplicationFailure && isErrorCode(at.type)) {
      const next = nextOf(at.details);
      deepest = new BelayError(at.type, at.message, {
        cause: error,
        ...(next === null ? {} : { next }),
      });
    }
    at = at.cause;
  }
  return deepest ?? new BelayError('INTERNAL', innermostMessage(error), { cause: error });
}

function nextOf(details: unknown): string | null {
  const first: unknown = Array.isArray(details) ? details[0] : undefined;
  if (typeof first !== 'object' || first === null || !('next' in first)) return null;
  return typeof first.next === 'string' ? first.next : null;
}

function innermostMessage(error: unknown): string {
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && at.cause instanceof Error && depth < 10; depth += 1) {
    at = at.cause;
  }
  return at instanceof Error ? at.message : String(at);
}
