import type { Hit } from './rule';

/** Looks at one place of a text, where one of its words ended; answers what it finds there. */
export interface Matcher {
  /** In lower case; a text without any of them needs no look. */
  readonly words: readonly string[];
  readonly look: (place: Place) => Hit | null;
}

export interface Place {
  readonly path: string;
  readonly text: string;
  /** Where the word begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** In that order: a form of its own, letters of its own, secretlint, the name beside it, nothing but a name. */
export const RANKS = { pattern: 40, token: 30, secretlint: 20, keyword: 10, generic: 1 } as const;

/** The match of a sticky pattern that begins exactly there. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

const WORD = /\w/;
const ESCAPED = /\\[nrt]$/;

/** Whether what begins there is no tail of a longer word; `\n` written out counts as the end of a line. */
export function beginsWord(text: string, start: number): boolean {
  if (start === 0 || !WORD.test(text.charAt(start - 1))) return true;
  return start >= 2 && ESCAPED.test(text.slice(start - 2, start));
}
