/** PromQL's own words, which are no metrics. */
const WORDS = new Set(
  'and or unless atan2 bool offset by without on ignoring group_left group_right inf nan start end'.split(
    ' ',
  ),
);

/** The metrics that a query names bare (`requests_total{…}`), without repetition; a guess, good enough for a suggestion. */
export function metricNames(query: string): readonly string[] {
  const bare = query
    .replace(/#[^\n]*/g, ' ')
    .replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replace(/\$\{?\w+\}?/g, ' ');
  const names = [...bare.matchAll(/(?<![\w:.])([A-Za-z_:][\w:]*)(?!\w|\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name.toLowerCase()));
  return [...new Set(names)];
}

/** The label that the query compares with `$revision`; null where it is not seen how. */
export function revisionLabel(query: string): string | null {
  return /(\w+)\s*=~?\s*["'`][^"'`]*\$\{?revision\b/.exec(query)?.[1] ?? null;
}
