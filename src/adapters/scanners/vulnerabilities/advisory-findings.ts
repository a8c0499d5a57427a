import type { Component } from '../../../domain/checks/component';
import type { Finding } from '../../../domain/checks/finding';
import { compareSeverity } from '../../../domain/checks/severity';
import type { AdvisoryMatch } from '../../../ports/advisory-source';
import { coordinateKey } from '../../coordinate-key';
import { packageUrlWithoutVersion } from '../../inspection/components/package-url';
import { plainFingerprint } from '../../inspection/fingerprints';
import { advisorySeverity } from './advisory-severity';
import { groupAliases, type AdvisoryGroup } from './group-aliases';

const LONGEST_SUMMARY = 160;

/** One finding for each advisory, package and lockfile; the same advisory under other names is the same one. */
export function advisoryFindings(
  matches: readonly AdvisoryMatch[],
  components: readonly Component[],
): readonly Finding[] {
  const byCoordinate = new Map<string, AdvisoryMatch[]>();
  for (const match of matches) {
    const key = coordinateKey(match.coordinate);
    byCoordinate.set(key, [...(byCoordinate.get(key) ?? []), match]);
  }
  const findings = components.flatMap((component) => {
    const groups = groupAliases(byCoordinate.get(coordinateKey(component)) ?? []);
    return groups.map((group) => finding(group, component));
  });
  return oneEach(findings);
}

function finding(group: AdvisoryGroup, component: Component): Finding {
  const { name, version, purl, lockfile, line, ecosystem } = component;
  const bare = packageUrlWithoutVersion(ecosystem, name);
  const summary = shortened(group.summary);
  return {
    scanner: 'vulnerabilities',
    ruleId: group.id,
    ...advisorySeverity(group),
    title: `${name} ${version} ${group.isMalicious ? 'is known to be malicious' : 'has a known vulnerability'}${summary === '' ? '' : `: ${summary}`}`,
    location: { path: lockfile, line, resource: purl },
    fingerprint: plainFingerprint(['advisory', group.name, bare, lockfile]),
    state: 'active',
    suppression: null,
    aliases: group.aliases,
    component: { name, version, purl },
    fix: fixOf(group, { bare, name, lockfile }),
    sources: ['belay'],
  };
}

function fixOf(
  { fixedIn, isMalicious }: AdvisoryGroup,
  {
    bare,
    name,
    lockfile,
  }: { readonly bare: string; readonly name: string; readonly lockfile: string },
): Finding['fix'] {
  if (fixedIn !== null) {
    return {
      key: `upgrade:${bare}@${fixedIn}`,
      sentence: `Upgrade ${name} to ${fixedIn} (in ${lockfile}).`,
    };
  }
  if (!isMalicious) return null;
  return { key: `remove:${bare}`, sentence: `Remove ${name} (from ${lockfile}).` };
}

/** From elsewhere, so bounded and on one line. */
function shortened(summary: string): string {
  const line = summary
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ')
    .trim();
  return line.length <= LONGEST_SUMMARY ? line : `${line.slice(0, LONGEST_SUMMARY - 1)}…`;
}

/** Several places and versions in one lockfile are one problem; the worst of them speaks. */
function oneEach(findings: readonly Finding[]): readonly Finding[] {
  const kept = new Map<string, Finding>();
  for (const one of findings) {
    const known = kept.get(one.fingerprint);
    if (known === undefined || compareSeverity(one.severity, known.severity) < 0) {
      kept.set(one.fingerprint, one);
    }
  }
  return [...kept.values()];
}
