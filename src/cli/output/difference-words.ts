import type { RevisionDifference } from '../../domain/rollback/rollback-analysis';

const MOST_PHRASES = 5;

/** What differs, on one line: `2 files changed, 1 added; env LOG_LEVEL`. */
export function differenceWords(difference: RevisionDifference | null): string {
  if (difference === null) return 'what differs cannot be read any more';
  const { files, run } = difference;
  const counts = (['changed', 'added', 'removed'] as const).filter((kind) => files[kind] > 0);
  const fileWords = counts.map((kind, index) =>
    index === 0
      ? `${files[kind]} ${files[kind] === 1 ? 'file' : 'files'} ${kind}`
      : `${files[kind]} ${kind}`,
  );
  const rest = run.length - MOST_PHRASES;
  const phrases = [...run.slice(0, MOST_PHRASES), ...(rest > 0 ? [`${rest} more`] : [])];
  const words = [fileWords.join(', '), phrases.join(', ')].filter((part) => part !== '');
  return words.length === 0 ? 'nothing differs' : words.join('; ');
}
