import type { ValidatorName } from '../domain/checks/catalog';
import type { ValidatorReport } from '../domain/checks/validation';
import type { CheckContext, CheckSubject } from './check-subject';

/** One of the four validators of the build. */
export interface Validator {
  readonly name: ValidatorName;
  /** Names tool and rules; part of the cache key. Null: its results are not to be kept. */
  identity(subject: CheckSubject): Promise<string | null>;
  /** Never throws for what it finds; one that breaks may throw, and counts as a critical failure. */
  validate(subject: CheckSubject, context: CheckContext): Promise<ValidatorReport>;
}
