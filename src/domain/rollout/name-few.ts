const MOST_NAMED = 4;

/** `a`, `a and b`, `a, b and c`; of many the first few and how many more there are. */
export function nameFew(names: readonly string[]): string {
  const isMany = names.length > MOST_NAMED;
  const shown = isMany ? names.slice(0, MOST_NAMED - 1) : names;
  const words = isMany ? [...shown, `${names.length - shown.length} more`] : shown;
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
