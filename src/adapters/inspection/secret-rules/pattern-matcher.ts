import { matchAt, RANKS, type Matcher } from './matcher';
import type { PatternRow } from './pattern-table';

/** Runs the pattern of a row where one of its words stands. */
export function patternMatcher({ words, pattern, path, isSecret, ...rule }: PatternRow): Matcher {
  return {
    words,
    look(place) {
      if (path?.test(place.path) === false) return null;
      const match = matchAt(pattern, place.text, place.start);
      const value = match?.groups?.['value'];
      if (match === null || value === undefined) return null;
      if (isSecret?.(value, place) === false) return null;
      const start = place.start + match[0].lastIndexOf(value);
      return {
        rule,
        start,
        end: start + value.length,
        rank: RANKS.pattern,
        sources: ['belay'],
      };
    },
  };
}
