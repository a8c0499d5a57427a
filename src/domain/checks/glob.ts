/**
 * Whether a relative path matches: `*` stands for any characters of one segment, `**` for any number of segments,
 * everything else for itself. Takes time in proportion to the two lengths, whatever the pattern.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (!path.startsWith(plainStart(pattern))) return false;
  return matches(pattern.split('/'), path.split('/'), {
    isStar: (segment) => segment === '**',
    fits: matchesSegment,
  });
}

/** The folders before the first star: what most paths already differ in. */
function plainStart(pattern: string): string {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern;
  return pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', star)));
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matches(Array.from(pattern), Array.from(segment), {
    isStar: (character) => character === '*',
    fits: (one, other) => one === other,
  });
}

interface Alphabet<T> {
  readonly isStar: (wanted: T) => boolean;
  readonly fits: (wanted: T, given: T) => boolean;
}

/** Only the last star ever takes more: what stands before it already matched as early as it can. */
function matches<T>(wanted: readonly T[], given: readonly T[], alphabet: Alphabet<T>): boolean {
  let at = 0;
  let reached = 0;
  let afterStar = -1;
  let starTook = 0;
  while (reached < given.length) {
    const one = wanted[at];
    const other = given[reached] as T;
    if (at < wanted.length && alphabet.isStar(one as T)) {
      at += 1;
      afterStar = at;
      starTook = reached;
    } else if (at < wanted.length && alphabet.fits(one as T, other)) {
      at += 1;
      reached += 1;
    } else if (afterStar >= 0) {
      starTook += 1;
      at = afterStar;
      reached = starTook;
    } else return false;
  }
  return wanted.slice(at).every((rest) => alphabet.isStar(rest));
}
