import type { Harm } from './judge-state';

export type MaybeHarm = Harm | null;

/** The earliest, and among those that end together the one that comes first. */
export function firstHarm(harms: readonly MaybeHarm[]): MaybeHarm {
  return harms.reduce<MaybeHarm>((first, harm) => {
    if (harm === null) return first;
    return first === null || harm.endMs < first.endMs ? harm : first;
  }, null);
}
