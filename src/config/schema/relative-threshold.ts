import { fractionToPercent } from '../units';
import type { Mistake } from './words';

/** What is wrong with a change in percent against stable; null: nothing. */
export function relativeIssue(
  threshold: number,
  badWhen: 'above' | 'below' | undefined,
): Mistake | null {
  if (threshold !== 0 && Math.abs(threshold) < 1) return fraction(threshold);
  const agrees = badWhen === 'above' ? threshold >= 0 : threshold <= 0;
  return badWhen === undefined || agrees ? null : contrary(threshold, badWhen);
}

function fraction(threshold: number): Mistake {
  return {
    message: `is a change against stable in percent, and ${threshold} would be almost nothing`,
    params: { suggestion: `Did you mean \`${fractionToPercent(threshold)}\`?` },
  };
}

function contrary(threshold: number, badWhen: 'above' | 'below'): Mistake {
  return {
    message: `is ${threshold} % against stable, and bad ${badWhen} it would be a value that did not change at all`,
    params: { suggestion: `Write \`${-threshold}\`.` },
  };
}
