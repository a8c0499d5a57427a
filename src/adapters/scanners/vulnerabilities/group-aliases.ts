import type { AdvisoryMatch } from '../../../ports/advisory-source';

/** One problem of one version, under all of its names. */
export interface AdvisoryGroup {
  /** The id that a person would look up: GitHub's where there is one. */
  readonly id: string;
  /** The name that stays whichever source tells of it: the lowest CVE, else the lowest of all names. */
  readonly name: string;
  /** The others, sorted. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly cvssVectors: readonly string[];
  readonly severityWords: readonly string[];
  /** The first known fix; null: none is known. */
  readonly fixedIn: string | null;
  readonly isMalicious: boolean;
}

/** Puts together what shares a name, directly or through others. All matches are of one version of one package. */
export function groupAliases(matches: readonly AdvisoryMatch[]): readonly AdvisoryGroup[] {
  const groups: { names: Set<string>; members: AdvisoryMatch[] }[] = [];
  for (const match of matches) {
    const names = new Set([match.id, ...match.aliases]);
    const members = [match];
    for (const group of groups.filter((one) => sharesName(one.names, names))) {
      groups.splice(groups.indexOf(group), 1);
      for (const name of group.names) names.add(name);
      members.unshift(...group.members);
    }
    groups.push({ names, members });
  }
  return groups.map(({ names, members }) => describe([...names].sort(), members));
}

function sharesName(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((name) => other.has(name));
}

function describe(names: readonly string[], members: readonly AdvisoryMatch[]): AdvisoryGroup {
  const [first] = names;
  const ids = members.map(({ id }) => id).sort();
  const id = ids.find((one) => one.startsWith('GHSA-')) ?? ids[0] ?? first ?? '';
  return {
    id,
    name: names.find((one) => one.startsWith('CVE-')) ?? first ?? id,
    aliases: names.filter((one) => one !== id),
    summary: members.find(({ summary }) => summary !== '')?.summary ?? '',
    cvssVectors: members.flatMap(({ cvssVector }) => cvssVector ?? []),
    severityWords: members.flatMap(({ severityWord }) => severityWord ?? []),
    fixedIn: members.find(({ fixedIn }) => fixedIn !== null)?.fixedIn ?? null,
    isMalicious: members.some(({ isMalicious }) => isMalicious),
  };
}
