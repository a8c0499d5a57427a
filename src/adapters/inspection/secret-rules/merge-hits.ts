import type { Hit } from './rule';

/** One hit for each place: of those that overlap the most specific stays, with the sources of all. Sorted by place. */
export function mergeHits(hits: readonly Hit[]): readonly Hit[] {
  const kept: Hit[] = [];
  for (const hit of [...hits].sort(byPlace)) {
    const last = kept.at(-1);
    if (last === undefined || hit.start >= last.end) kept.push(hit);
    else kept[kept.length - 1] = moreSpecific(last, hit);
  }
  return kept;
}

function byPlace(one: Hit, other: Hit): number {
  return one.start - other.start || other.end - one.end;
}

function moreSpecific(one: Hit, other: Hit): Hit {
  const best = other.rank > one.rank ? other : one;
  return { ...best, sources: [...new Set([...one.sources, ...other.sources])].sort() };
}
