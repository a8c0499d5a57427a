import { formatCounted } from '../format/count';
import { activeOf } from './active-findings';
import { SCANNERS, type ScannerName } from './catalog';
import type { Finding } from './finding';
import { safeText } from './safe-text';
import type { Blocker } from './verification';

const MOST_NAMED = 3;

/** The specification's `identifyBlockers`: for each scanner its critical findings, whatever the gates say. */
export function identifyBlockers(findings: readonly Finding[]): readonly Blocker[] {
  const critical = activeOf(findings).filter(({ severity }) => severity === 'critical');
  return SCANNERS.flatMap((scanner) => {
    const own = critical.filter((finding) => finding.scanner === scanner);
    return own.length === 0 ? [] : [blocker(scanner, own)];
  });
}

function blocker(scanner: ScannerName, findings: readonly Finding[]): Blocker {
  const named = findings.slice(0, MOST_NAMED).map(describeFinding);
  const rest = findings.length - named.length;
  const more = rest === 0 ? [] : [`and ${formatCounted(rest, 'more critical finding')}`];
  return {
    scanner,
    severity: 'critical',
    fingerprints: findings.map(({ fingerprint }) => fingerprint),
    sentence: `${scanner}: ${[...named, ...more].join(', ')}`,
  };
}

/** `A private key in config/key.pem:3 (secrets/private-key)`. */
export function describeFinding({ title, location, ruleId, component }: Finding): string {
  const what = safeText(title, 200).replace(/\.$/, '');
  const where = location === null ? '' : ` in ${placeOf(location.path, location.line)}`;
  const named = component !== null && !what.includes(component.name) ? ` (${component.name})` : '';
  return `${what}${named}${where} (${safeText(ruleId, 100)})`;
}

function placeOf(path: string, line: number | null): string {
  const shown = safeText(path, 200);
  return line === null ? shown : `${shown}:${line}`;
}
