import { z } from 'zod';
import { fractionToPercent } from '../units';

const SHARE = /^(\d{1,3}) ?%$/;

/** So many instances, or a share of them: `1`, `25%`. */
export const amount = z.union([z.number(), z.string()]).superRefine((value, context) => {
  const mistake = typeof value === 'number' ? countMistake(value) : shareMistake(value);
  if (mistake !== null) context.addIssue({ code: 'custom', ...mistake });
});

export type AmountBlock = z.infer<typeof amount>;

/** The percent of a share such as `25%`; null where it is none. */
export function percentOf(value: AmountBlock): number | null {
  const digits = typeof value === 'string' ? SHARE.exec(value.trim())?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}

function countMistake(value: number) {
  if (Number.isInteger(value) && value >= 0) return null;
  return {
    message: `is a count of instances or a share such as \`25%\`, and ${value} is neither`,
    ...(value > 0 && value < 1 ? didYouMean(`${fractionToPercent(value)}%`) : {}),
  };
}

function shareMistake(value: string) {
  const percent = percentOf(value);
  if (percent !== null && percent <= 100) return null;
  const [, digits] = /^\s*(\d+)\s*$/.exec(value) ?? [];
  return {
    message:
      percent === null
        ? `is a count of instances or a share such as \`25%\`, and "${value.slice(0, 60)}" is neither`
        : `is a share of the instances, from 0% to 100%`,
    ...(digits === undefined
      ? {}
      : { params: { suggestion: `Write \`${digits}\` without quotes, or \`${digits}%\`.` } }),
  };
}

function didYouMean(text: string) {
  return { params: { suggestion: `Did you mean \`${text}\`?` } };
}
