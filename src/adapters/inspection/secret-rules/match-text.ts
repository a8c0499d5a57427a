import { ADDRESS_ROWS } from './address-table';
import { compileAnchors } from './anchors';
import { GENERIC_MATCHERS } from './generic-matcher';
import { HitLimit } from './hit-limit';
import { keywordMatcher } from './keyword-matcher';
import { KEYWORD_ROWS } from './keyword-table';
import type { Matcher } from './matcher';
import { patternMatcher } from './pattern-matcher';
import { PATTERN_ROWS } from './pattern-table';
import type { Hit } from './rule';
import { tokenMatchers } from './token-matcher';
import { TOKEN_ROWS } from './token-table';

/**
 * What our own rules find in a text, in no order.
 *
 * @throws UnreadableFile where it is more than can be judged
 */
export type MatchText = (path: string, text: string) => readonly Hit[];

export function compileOwnRules(): MatchText {
  return compileMatchers([
    ...[...TOKEN_ROWS, ...ADDRESS_ROWS].flatMap(tokenMatchers),
    ...KEYWORD_ROWS.map(keywordMatcher),
    ...PATTERN_ROWS.map(patternMatcher),
    ...GENERIC_MATCHERS,
  ]);
}

/** Looks only where a word of a matcher stands: every text is read once, and patterns run at these places alone. */
export function compileMatchers(matchers: readonly Matcher[]): MatchText {
  const byWord = new Map<string, Matcher[]>();
  for (const matcher of matchers)
    for (const word of matcher.words) byWord.set(word, [...(byWord.get(word) ?? []), matcher]);
  const words = [...byWord.keys()];
  const lookers = [...byWord.values()];
  const findAnchors = compileAnchors(words);

  return (path, text) => {
    const hits = new HitLimit();
    findAnchors(text, (word, end) => {
      const place = { path, text, start: end - (words[word]?.length ?? 0), end };
      for (const matcher of lookers[word] ?? []) {
        const hit = matcher.look(place);
        if (hit !== null) hits.add(hit);
      }
    });
    return hits.all();
  };
}
