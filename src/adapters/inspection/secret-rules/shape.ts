import { ALPHABETS, isAlphabet, type Alphabet } from './alphabets';

/**
 * What a token looks like: `ghp_{alnum:36}` is four characters as they stand and then 36 of an alphabet;
 * `{base64:32-400}` is a run of 32 to 400.
 */
export type ShapePart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly alphabet: Alphabet;
      readonly least: number;
      readonly most: number;
    };

const RUN = /\{([a-z0-9]{1,20}):(\d{1,4})(?:-(\d{1,4}))?\}/g;
/** `favicon.ico-4f9a….png` holds no token. */
const FILE_NAME = '|\\.[a-z]';
const UUID = '{anyhex:8}-{anyhex:4}-{anyhex:4}-{anyhex:4}-{anyhex:12}';

/** @throws where the shape names an alphabet that there is not: a mistake in a table */
export function parseShape(shape: string): readonly ShapePart[] {
  const text = shape.replaceAll('{uuid}', UUID);
  const parts: ShapePart[] = [];
  let at = 0;
  for (const match of text.matchAll(RUN)) {
    if (match.index > at) parts.push({ kind: 'literal', text: text.slice(at, match.index) });
    const [whole, alphabet = '', least = '', most = least] = match;
    if (!isAlphabet(alphabet)) throw new Error(`no such alphabet: ${alphabet}`);
    parts.push({ kind: 'run', alphabet, least: Number(least), most: Number(most) });
    at = match.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'literal', text: text.slice(at) });
  return parts;
}

/** A pattern without its surroundings; what follows the token must not be more of its last run. */
export function patternOf(parts: readonly ShapePart[]): string {
  return parts.map(partPattern).join('') + endPattern(parts.at(-1));
}

/** How many characters stand before the part at `index`; null where that is not always the same number. */
export function lengthBefore(parts: readonly ShapePart[], index: number): number | null {
  let length = 0;
  for (const part of parts.slice(0, index)) {
    if (part.kind === 'run' && part.least !== part.most) return null;
    length += part.kind === 'literal' ? part.text.length : part.least;
  }
  return length;
}

function partPattern(part: ShapePart): string {
  if (part.kind === 'literal') return part.text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const { alphabet, least, most } = part;
  return `[${ALPHABETS[alphabet]}]{${least === most ? least : `${least},${most}`}}`;
}

function endPattern(last: ShapePart | undefined): string {
  if (last?.kind !== 'run') return `(?![0-9A-Za-z]${FILE_NAME})`;
  const alphabet = last.alphabet === 'pad' ? '0-9A-Za-z=' : ALPHABETS[last.alphabet];
  return `(?![${alphabet}]${FILE_NAME})`;
}
