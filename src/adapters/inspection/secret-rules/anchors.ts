/** Called for each occurrence of a word; `end` is the index after its last character. */
export type OnAnchor = (word: number, end: number) => void;

/** Finds every occurrence of every word in one pass, whatever their number and whatever the text. */
export type FindAnchors = (text: string, onAnchor: OnAnchor) => void;

const ASCII = 128;

/**
 * Words in lower-case ASCII; the text is compared without regard to case. An automaton as of Aho and Corasick, so a
 * text takes time in proportion to its length.
 */
export function compileAnchors(words: readonly string[]): FindAnchors {
  const { classes, count } = characterClasses(words);
  const trie = trieOf(words, classes, count);
  const { table, outputs } = complete(trie, count);

  return (text, onAnchor) => {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      state = table[state * count + (code < ASCII ? (classes[code] ?? 0) : 0)] ?? 0;
      const ended = outputs[state];
      if (ended === undefined) continue;
      for (const word of ended) onAnchor(word, index + 1);
    }
  };
}

/** One class for each character that a word has; all others share class 0. */
function characterClasses(words: readonly string[]): { classes: Uint8Array; count: number } {
  const classes = new Uint8Array(ASCII);
  let count = 1;
  for (const character of new Set(words.join(''))) {
    for (const one of [character, character.toUpperCase()]) classes[one.charCodeAt(0)] = count;
    count += 1;
  }
  return { classes, count };
}

interface Trie {
  /** `next[state * count + class]`; 0 where there is none, as nothing leads back to the root. */
  readonly next: number[];
  readonly ends: number[][];
}

function trieOf(words: readonly string[], classes: Uint8Array, count: number): Trie {
  const next = new Array<number>(count).fill(0);
  const ends: number[][] = [[]];
  for (const [word, text] of words.entries()) {
    let state = 0;
    for (const character of text) {
      const at = state * count + (classes[character.charCodeAt(0)] ?? 0);
      if (next[at] === 0) {
        next[at] = ends.push([]) - 1;
        next.push(...new Array<number>(count).fill(0));
      }
      state = next[at] ?? 0;
    }
    ends[state]?.push(word);
  }
  return { next, ends };
}

/** Breadth first: every missing edge becomes that of the longest suffix that is the beginning of a word. */
function complete(
  { next, ends }: Trie,
  count: number,
): { table: Int32Array; outputs: readonly (readonly number[] | undefined)[] } {
  const table = Int32Array.from(next);
  const suffix = new Int32Array(ends.length);
  const queue = [0];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (let kind = 1; kind < count; kind += 1) {
      const at = state * count + kind;
      const viaSuffix = state === 0 ? 0 : (table[(suffix[state] ?? 0) * count + kind] ?? 0);
      const child = table[at] ?? 0;
      if (child === 0) table[at] = viaSuffix;
      else {
        suffix[child] = viaSuffix;
        ends[child]?.push(...(ends[viaSuffix] ?? []));
        queue.push(child);
      }
    }
  }
  return { table, outputs: ends.map((words) => (words.length === 0 ? undefined : words)) };
}
