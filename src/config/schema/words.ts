import { z } from 'zod';
import { fractionToPercent } from '../units';

/** Words that several blocks of the file share. Values stay in the units of the file: seconds and percent. */

const WEEK_S = 604_800;

/** A length of time above zero, in seconds. */
export const seconds = z.number().positive().max(WEEK_S);

/** A length of time in seconds that may be zero. */
export const secondsOrNone = z.number().min(0).max(WEEK_S);

export const count = z.int().min(1);

/** Percent as a number from 0 to 100, where a value up to 1 can only be a fraction by mistake. */
export const percent = z.number().min(0).max(100).superRefine(refuseFraction);

/** Adds the problem when a percentage was written as a fraction. */
function refuseFraction(value: number, context: z.RefinementCtx): void {
  if (looksLikeFraction(value)) context.addIssue({ code: 'custom', ...fractionIssue(value) });
}

function looksLikeFraction(value: number): boolean {
  return value > 0 && value <= 1;
}

function fractionIssue(value: number): Mistake {
  return {
    message: `is a percentage from 0 to 100, and ${value} would be almost nothing`,
    params: { suggestion: `Did you mean \`${fractionToPercent(value)}\`?` },
  };
}

/** Null where the value can be a percentage; a value up to 1 can be one only where `mayBeSmall`. */
export function percentIssue(
  value: number,
  { mayBeSmall }: { mayBeSmall: boolean },
): Mistake | null {
  if (!mayBeSmall && looksLikeFraction(value)) return fractionIssue(value);
  return value >= 0 && value <= 100 ? null : { message: 'is a percentage from 0 to 100' };
}

/** What is wrong, and the way out where one is known. */
export interface Mistake {
  readonly message: string;
  readonly params?: Suggestion;
}

/** What a refinement may say beside its message: the way out. */
export interface Suggestion extends Record<string, unknown> {
  readonly suggestion: string;
}

export const name = z
  .string()
  .max(40)
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'must hold only small letters, digits and inner dashes',
  );

export const text = z.string().trim().min(1);
