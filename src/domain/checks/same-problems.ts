import { disjointSets, type DisjointSets } from './disjoint-sets';
import type { Finding } from './finding';

/** For each finding the place of the first one that tells the same problem. */
export function sameProblems(findings: readonly Finding[]): readonly number[] {
  const sets = disjointSets(findings.length);
  const firstOf = new Map<string, number>();
  findings.forEach((finding, index) => {
    for (const name of [problemName(finding), ...componentNames(finding)]) {
      const first = firstOf.get(name);
      if (first === undefined) firstOf.set(name, index);
      else sets.unite(first, index);
    }
  });
  joinNameless(findings, sets);
  return findings.map((_, index) => sets.firstOf(index));
}

const ADVISORY = /^[A-Za-z]{2,12}-[A-Za-z0-9:_-]{3,60}$/;

/** `CVE-…`, `GHSA-…`, `PYSEC-…`. */
export function isAdvisoryName(word: string): boolean {
  return ADVISORY.test(word);
}

function problemName(finding: Finding): string {
  return [familyOf(finding), finding.fingerprint].join('\n');
}

/** Advisories of one component in one file are the same one if they share a name. */
function componentNames(finding: Finding): readonly string[] {
  const { component } = finding;
  if (component === null) return [];
  return placeNames(finding).map((name) => [name, component.purl, component.version].join('\n'));
}

/**
 * Some tools name the advisory and the file, but not the component. Such a finding is the same as what another tells of
 * that advisory in that file, if there is only one.
 */
function joinNameless(findings: readonly Finding[], sets: DisjointSets): void {
  const told = new Map<string, Set<number>>();
  findings.forEach((finding, index) => {
    if (finding.component === null) return;
    for (const name of placeNames(finding)) {
      told.set(name, (told.get(name) ?? new Set()).add(sets.firstOf(index)));
    }
  });
  findings.forEach((finding, index) => {
    if (finding.component !== null) return;
    const places = placeNames(finding).flatMap((name) => [...(told.get(name) ?? [])]);
    const [only, ...others] = new Set(places);
    if (only !== undefined && others.length === 0) sets.unite(only, index);
  });
}

function placeNames(finding: Finding): readonly string[] {
  const { ruleId, aliases, location } = finding;
  const place = [familyOf(finding), location?.path ?? ''];
  return [ruleId, ...aliases]
    .filter(isAdvisoryName)
    .map((name) => [...place, name.toUpperCase()].join('\n'));
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
