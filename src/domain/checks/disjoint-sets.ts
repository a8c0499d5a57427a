/** Numbers from 0, each in one set; sets can become one. */
export interface DisjointSets {
  /** The least number of the set. */
  firstOf(index: number): number;
  unite(one: number, other: number): void;
}

export function disjointSets(count: number): DisjointSets {
  const parents = Array.from({ length: count }, (_, index) => index);
  const parentOf = (index: number): number => parents[index] ?? index;
  const firstOf = (index: number): number => {
    let at = index;
    while (parentOf(at) !== at) {
      // Shortens the way for the next one who asks.
      parents[at] = parentOf(parentOf(at));
      at = parentOf(at);
    }
    return at;
  };
  const unite = (one: number, other: number): void => {
    const [first, second] = [firstOf(one), firstOf(other)];
    parents[Math.max(first, second)] = Math.min(first, second);
  };
  return { firstOf, unite };
}
