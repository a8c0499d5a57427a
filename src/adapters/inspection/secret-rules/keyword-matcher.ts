import { assignmentAt } from './assignment';
import { matchAt, RANKS, type Matcher } from './matcher';
import { isMixed, isPlausible } from './plausible';
import type { KeywordRow } from './rule';
import { parseShape, patternOf, type ShapePart } from './shape';

/** What may follow the value. */
const END = '(?=["\'`\\s;,)<&\\\\}\\]]|$)';

/** Finds values of one of the shapes that are given to a name with one of the words. */
export function keywordMatcher([id, severity, title, words, shapes]: KeywordRow): Matcher {
  const rule = { id, severity, title };
  const values = shapes.map((shape) => {
    const parts = parseShape(shape);
    return {
      pattern: new RegExp(patternOf(parts) + END, 'y'),
      isAnyWord: parts.length === 1 && !isDigits(parts[0]),
    };
  });
  return {
    words,
    look({ text, start, end }) {
      if (!isName(text, start, end)) return null;
      const assignment = assignmentAt(text, end);
      if (assignment === null) return null;
      const { at } = assignment;
      for (const { pattern, isAnyWord } of values) {
        const value = matchAt(pattern, text, at)?.[0];
        if (value === undefined || !isPlausible(value)) continue;
        if (isAnyWord && !isMixed(value)) continue;
        const rank = RANKS.keyword + (id.includes('secret') ? 0 : 1);
        return { rule, start: at, end: at + value.length, rank, sources: ['belay'] };
      }
      return null;
    },
  };
}

function isDigits(part: ShapePart | undefined): boolean {
  return part?.kind === 'run' && part.alphabet === 'digit';
}

/** `lob` is no name in `global`, and `sumo` none in `sumOf`; in `myLob` and `my_lob` it is. */
function isName(text: string, start: number, end: number): boolean {
  if (/[a-z][A-Z]$/.test(text.slice(start, end))) return false;
  const before = text.charAt(start - 1);
  if (!/[0-9A-Za-z]/.test(before)) return true;
  return /[a-z0-9]/.test(before) && /[A-Z]/.test(text.charAt(start));
}
