import type { ComponentRef, Finding } from './finding';
import { matchesGlob } from './glob';
import type { SuppressionMatch } from './policy';

export function matchesSuppression(match: SuppressionMatch, finding: Finding): boolean {
  switch (match.kind) {
    case 'fingerprint':
      return finding.fingerprint === match.fingerprint;
    case 'rule':
      return (
        finding.ruleId === match.ruleId &&
        finding.location !== null &&
        matchesGlob(match.path, finding.location.path)
      );
    case 'advisory':
      return (
        finding.component !== null &&
        isAdvisory(match.advisory, finding) &&
        namesOf(finding.component).includes(match.component)
      );
  }
}

function isAdvisory(advisory: string, { ruleId, aliases }: Finding): boolean {
  const wanted = advisory.toUpperCase();
  return [ruleId, ...aliases].some((name) => name.toUpperCase() === wanted);
}

/** `lodash`, `lodash@4.17.0`, `pkg:npm/lodash`, `pkg:npm/lodash@4.17.0`. */
function namesOf({ name, version, purl }: ComponentRef): readonly string[] {
  const at = purl.lastIndexOf('@');
  const bare = at > purl.lastIndexOf('/') ? purl.slice(0, at) : purl;
  return [name, `${name}@${version}`, bare, purl, `${bare}@${version}`];
}
