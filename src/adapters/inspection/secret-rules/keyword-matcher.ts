import { assignmentAt } from './assignment';
import { matchAt, RANKS, type Matcher } from './matcher';
import { isPlausible } from './plausible';
import type { KeywordRow } from './rule';
import { parseShape, patternOf, type ShapePart } from './shape';

/** What may follow the value. */
const END = '(?=["\'`\\s;,)<&\\\\}\\]]|$)';
const DIGITS_ONLY = /^\d+$/;
const MIXED = /\d.*[A-Za-z]|[A-Za-z].*\d/;

/** Finds values of one of the shapes that are given to a name with one of the words. */
export function keywordMatcher([id, severity, title, words, shapes]: KeywordRow): Matcher {
  const rule = { id, severity, title };
  const values = shapes.map((shape) => {
    const parts = parseShape(shape);
    return {
      pattern: new RegExp(patternOf(parts) + END, 'y'),
      isNumber: parts.every(isDigits),
    };
  });
  return {
    words,
    look({ text, start, end }) {
      if (!beginsName(text, start)) return null;
      const assignment = assignmentAt(text, end);
      if (assignment === null) return null;
      const { at } = assignment;
      for (const { pattern, isNumber } of values) {
        const value = matchAt(pattern, text, at)?.[0];
        if (value === undefined || !isPlausible(value)) continue;
        if (!(isNumber ? DIGITS_ONLY : MIXED).test(value)) continue;
        const rank = RANKS.keyword + (id.includes('secret') ? 0 : 1);
        return { rule, start: at, end: at + value.length, rank, sources: ['belay'] };
      }
      return null;
    },
  };
}

function isDigits(part: ShapePart): boolean {
  return part.kind === 'run' && part.alphabet === 'digit';
}

/** `global` does not begin with `lob`; `myLob` and `my_lob` do. */
function beginsName(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  if (!/[0-9A-Za-z]/.test(before)) return true;
  return /[a-z0-9]/.test(before) && /[A-Z]/.test(text.charAt(start));
}
