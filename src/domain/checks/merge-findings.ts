import type { Finding } from './finding';
import { compareText, orderFindings } from './order-findings';

/** Who looks with the product's own rules: their fingerprints stay when another tool joins. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['belay', 'secretlint', 'osv', 'npm']);

/**
 * One finding for one problem, however many tools tell it: those with the same fingerprint, and advisories of the same
 * component in the same file that share a name. The worst severity counts, and it is set aside only if all of them are.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const ordered = orderFindings(findings);
  const groups = new Map<number, Finding[]>();
  const roots = rootsOf(ordered);
  ordered.forEach((finding, index) => {
    const root = roots[index] ?? index;
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [finding]);
    else group.push(finding);
  });
  return [...groups.values()].flatMap(united);
}

/** For each finding the first one that it is the same as. */
function rootsOf(findings: readonly Finding[]): readonly number[] {
  const parents = findings.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parents[at] !== at) at = parents[at] ?? at;
    parents[index] = at;
    return at;
  };
  const firstOf = new Map<string, number>();
  findings.forEach((finding, index) => {
    for (const name of namesOf(finding)) {
      const first = firstOf.get(name);
      if (first === undefined) firstOf.set(name, index);
      else {
        const [low, high] = [root(first), root(index)].sort((a, b) => a - b) as [number, number];
        parents[high] = low;
      }
    }
  });
  return findings.map((_, index) => root(index));
}

/** Two findings with a name in common are the same problem. */
function namesOf(finding: Finding): readonly string[] {
  const { fingerprint, component, location, ruleId, aliases } = finding;
  const family = familyOf(finding);
  const same = `${family}\n${fingerprint}`;
  if (component === null || !isAdvisory(ruleId, aliases)) return [same];
  const advisories = [ruleId, ...aliases].filter((name) => ADVISORY.test(name));
  const place = [family, component.purl, component.version, location?.path ?? ''].join('\n');
  return [same, ...advisories.map((name) => `${place}\n${name.toUpperCase()}`)];
}

const ADVISORY = /^[A-Za-z]{2,12}-[A-Za-z0-9:_-]{3,60}$/;

function isAdvisory(ruleId: string, aliases: readonly string[]): boolean {
  return ADVISORY.test(ruleId) || aliases.some((alias) => ADVISORY.test(alias));
}

/** Scanners whose findings one gate counts together: only within them can one problem be told twice. */
function familyOf({ scanner }: Finding): string {
  switch (scanner) {
    case 'vulnerabilities':
    case 'dependencies':
    case 'container':
      return 'vulnerabilities';
    case 'secrets':
    case 'compliance':
      return scanner;
  }
}

/** The members come worst first. */
function united(members: readonly Finding[]): readonly Finding[] {
  const active = members.filter(({ state }) => state === 'active');
  const [first] = active.length > 0 ? active : members;
  if (first === undefined) return [];
  if (members.length === 1) return [first];
  const counted = active.length > 0 ? active : members;
  return [
    {
      ...first,
      fingerprint: lastingFingerprint(counted),
      aliases: unique(members.flatMap(({ ruleId, aliases }) => [ruleId, ...aliases])).filter(
        (alias) =>
          alias !== first.ruleId && (ADVISORY.test(alias) || first.aliases.includes(alias)),
      ),
      component: first.component ?? found(members, ({ component }) => component),
      fix: first.fix ?? found(members, ({ fix }) => fix),
      cvss: highest(members),
      sources: unique(members.flatMap(({ sources }) => sources)),
    },
  ];
}

function lastingFingerprint(members: readonly Finding[]): string {
  const own = members.filter(({ sources }) => sources.some((source) => OWN_SOURCES.has(source)));
  const candidates = (own.length > 0 ? own : members).map(({ fingerprint }) => fingerprint);
  return [...candidates].sort(compareText)[0] ?? '';
}

function highest(members: readonly Finding[]): number | null {
  const scores = members.flatMap(({ cvss }) => (cvss === null ? [] : [cvss]));
  return scores.length === 0 ? null : Math.max(...scores);
}

function found<T>(members: readonly Finding[], of: (finding: Finding) => T | null): T | null {
  return members.map(of).find((value) => value !== null) ?? null;
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort(compareText);
}
