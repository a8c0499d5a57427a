import type { Finding } from './finding';
import { compareText, orderFindings } from './order-findings';
import { isAdvisoryName, sameProblems } from './same-problems';

/** Who looks with the product's own rules: their fingerprints stay when another tool joins. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['belay', 'secretlint', 'osv', 'npm']);

/**
 * One finding for one problem, however many tools tell it: those with the same fingerprint, and advisories of the same
 * component in the same file that share a name. The worst severity counts, and it is set aside only if all of them are.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const ordered = orderFindings(findings);
  const groups = new Map<number, Finding[]>();
  const roots = sameProblems(ordered);
  ordered.forEach((finding, index) => {
    const root = roots[index] ?? index;
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [finding]);
    else group.push(finding);
  });
  return [...groups.values()].flatMap(united);
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
          alias !== first.ruleId && (isAdvisoryName(alias) || first.aliases.includes(alias)),
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
