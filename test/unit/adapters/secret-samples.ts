import { ALPHABETS, type Alphabet } from '../../../src/adapters/inspection/secret-rules/alphabets';
import { parseShape, type ShapePart } from '../../../src/adapters/inspection/secret-rules/shape';

/** A value of a shape, made at run time: the same in every run, and as varied as a real one. */
export function sampleOf(shape: string): string {
  return valueOf(parseShape(shape));
}

/** Values that are nearly of the shape: one character short at the end, or with one that no alphabet has. */
export function nearMisses(shape: string): readonly string[] {
  const parts = parseShape(shape);
  return parts.flatMap((part, index) => {
    if (part.kind === 'literal') return [];
    const before = valueOf(parts.slice(0, index));
    const own = valueOf([{ ...part, most: part.least }]).slice(1);
    const isLast = index === parts.length - 1;
    return [
      ...(isLast && part.least > 1 ? [before + own] : []),
      ...(part.least > 0 ? [`${before}§${own}${valueOf(parts.slice(index + 1))}`] : []),
    ];
  });
}

function valueOf(parts: readonly ShapePart[]): string {
  let step = 7;
  return parts
    .map((part) => {
      if (part.kind === 'literal') return part.text;
      const letters = lettersOf(part.alphabet);
      const length = Math.max(part.least, Math.min(part.most, 40));
      return Array.from({ length }, () => {
        step = (step * 31 + 11) % 9_973;
        return letters[step % letters.length];
      }).join('');
    })
    .join('');
}

/** The characters of an alphabet, digits first. */
export function lettersOf(alphabet: Alphabet): string {
  const ranges = ALPHABETS[alphabet].replace('\\w', '0-9A-Za-z_');
  return ranges.replace(/(.)-(.)/g, (_range, from: string, to: string) => {
    const first = from.charCodeAt(0);
    return String.fromCharCode(
      ...Array.from({ length: to.charCodeAt(0) - first + 1 }, (_one, index) => first + index),
    );
  });
}
