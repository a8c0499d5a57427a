import type { JudgeState } from './judge-state';

/** Why nobody can tell how the candidate does now. */
export interface Blindness {
  readonly rule: 'no-data' | 'latest-window' | 'unsound';
  readonly sentence: string;
}

/** Null: the latest window shows the candidate, and nothing that was told had to be thrown away without a place. */
export function describeBlindness({ lastWindow, recent, unusable }: JudgeState): Blindness | null {
  const { misplaced, latest } = unusable;
  if (misplaced !== null)
    return {
      rule: 'unsound',
      sentence: `A window cannot be used (${misplaced}), and nobody can tell what it hides.`,
    };
  const newest = recent.at(-1)?.number;
  if (lastWindow !== null && newest === lastWindow) return null;
  if (latest !== null && latest.number === lastWindow)
    return {
      rule: 'unsound',
      sentence: `The latest window cannot be used (${latest.reason}): nobody can tell how the candidate does now.`,
    };
  if (newest === undefined)
    return {
      rule: 'no-data',
      sentence: 'Nobody has watched the candidate yet: nobody can tell how it does.',
    };
  return {
    rule: 'latest-window',
    sentence: 'The latest window does not show the candidate: nobody can tell how it does now.',
  };
}
