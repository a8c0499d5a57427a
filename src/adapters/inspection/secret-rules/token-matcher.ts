import { beginsWord, matchAt, RANKS, type Matcher } from './matcher';
import { isMixed, isPlaceholder, isPlausible } from './plausible';
import type { SecretRule, TokenRow } from './rule';
import { lengthBefore, parseShape, patternOf, type ShapePart } from './shape';

/** One for each shape of a row. */
export function tokenMatchers([id, severity, title, shapes]: TokenRow): readonly Matcher[] {
  const rule = { id, severity, title };
  return shapes.map((shape) => matcherOf(rule, parseShape(shape)));
}

function matcherOf(rule: SecretRule, parts: readonly ShapePart[]): Matcher {
  const pattern = new RegExp(patternOf(parts), 'y');
  const { word, before } = anchorOf(rule, parts);
  const first = parts[0];
  const letters = parts.reduce((sum, part) => sum + lettersOf(part), 0);
  const isBounded = first?.kind !== 'literal' || /^\w/.test(first.text);
  return {
    words: [word],
    look({ text, start: wordStart }) {
      const start = wordStart - before;
      if (start < 0 || (isBounded && !beginsWord(text, start))) return null;
      const match = matchAt(pattern, text, start);
      if (match === null || !canBe(match[0], letters)) return null;
      const end = start + match[0].length;
      return { rule, start, end, rank: RANKS.token, sources: ['belay'] };
    },
  };
}

function lettersOf(part: ShapePart): number {
  return part.kind === 'literal' ? part.text.length : 0;
}

const FEW_LETTERS = 2;
const MANY_LETTERS = 12;

/** The fewer letters of its own a shape has, the more its values must look like chance. */
function canBe(value: string, letters: number): boolean {
  if (letters >= MANY_LETTERS) return !isPlaceholder(value);
  return isPlausible(value) && (letters > FEW_LETTERS || isMixed(value));
}

/** The longest literal that always stands at the same distance from the beginning. */
function anchorOf(
  { id }: SecretRule,
  parts: readonly ShapePart[],
): { readonly word: string; readonly before: number } {
  const anchors = parts.flatMap((part, index) => {
    const before = lengthBefore(parts, index);
    return part.kind === 'literal' && before !== null ? [{ word: part.text, before }] : [];
  });
  const [best] = anchors.sort((one, other) => other.word.length - one.word.length);
  if (best === undefined) throw new Error(`the shape of ${id} has no letters to look for`);
  return { word: best.word.toLowerCase(), before: best.before };
}
