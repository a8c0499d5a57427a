const MOST_CHARACTERS = 1_000;

/** Characters that move a cursor, hide text or turn its direction. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Whether a person who reads the path sees what it is. */
export function isPlain(path: string): boolean {
  return path.search(UNSEEN) === -1;
}

/** The path as it may be printed: what cannot be seen is escaped, and it has an end. */
export function shownPath(path: string): string {
  const escaped = path.replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped.length <= MOST_CHARACTERS ? escaped : `${escaped.slice(0, MOST_CHARACTERS)}…`;
}
