/** The candidate that was probably meant by `word`; null where none is close. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const wanted = plain(word);
  const scored = candidates
    .map((candidate) => ({ candidate, distance: editDistance(wanted, plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= tolerance(wanted, plain(candidate)))
    .sort((a, b) => a.distance - b.distance);
  return scored[0]?.candidate ?? null;
}

/** Case, dashes, underscores and spaces are not what a typo is about: `rollback_window` means `rollbackWindow`. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

function tolerance(a: string, b: string): number {
  return Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row.push(cheapest({ a, b, i, j }, row, rows));
    }
    rows.push(row);
  }
  return at(at(rows, a.length), b.length);
}

interface Cell {
  readonly a: string;
  readonly b: string;
  readonly i: number;
  readonly j: number;
}

function cheapest({ a, b, i, j }: Cell, row: readonly number[], rows: readonly number[][]): number {
  const above = at(rows, i - 1);
  const replaced = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
  const cost = Math.min(replaced, at(above, j) + 1, at(row, j - 1) + 1);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(cost, at(at(rows, i - 2), j - 2) + 1) : cost;
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no item at ${index}`);
  return item;
}
