import type { ScannerName } from './catalog';
import { incompleteBecause } from './completeness';
import type { Finding, Fix } from './finding';
import type { ScanReport } from './scan-report';

const RULE = 'scan-incomplete/';

/** {@link plainFingerprint} of `['scan-incomplete', scanner]`: the domain has no digest of its own. */
const FINGERPRINTS: Readonly<Record<ScannerName, string>> = {
  vulnerabilities: 'v1:4abd5abe5ff39ad737974f0b2868c806',
  secrets: 'v1:9cfa16f660ee2bc4aa225466358c8cec',
  dependencies: 'v1:1db84eb21e9bd8c2badbb40cf396c2b0',
  compliance: 'v1:fe047da721657a20f83cbdb843586683',
  container: 'v1:cf869278e39dc30b4dd68fdd50da9b21',
};

/** A scan that proves nothing is itself a critical finding, which nobody can suppress or rate lower. */
export function incompleteFindings(scans: readonly ScanReport[]): readonly Finding[] {
  const reasons = new Map<ScannerName, string[]>();
  for (const report of scans) {
    const reason = incompleteBecause(report);
    if (reason !== null) {
      reasons.set(report.scanner, [...(reasons.get(report.scanner) ?? []), reason]);
    }
  }
  return [...reasons].map(([scanner, because]) => incompleteFinding(scanner, because));
}

export function isIncompleteRule(ruleId: string): boolean {
  return ruleId.startsWith(RULE);
}

function incompleteFinding(scanner: ScannerName, reasons: readonly string[]): Finding {
  return {
    scanner,
    ruleId: `${RULE}${scanner}`,
    severity: 'critical',
    severityFrom: 'rule',
    title: `The ${scanner} scan is incomplete: ${reasons.join('; ').slice(0, 600)}`,
    location: null,
    fingerprint: FINGERPRINTS[scanner],
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: wayOut(scanner),
    cvss: null,
    sources: ['belay'],
  };
}

function wayOut(scanner: ScannerName): Fix {
  return {
    key: `rule:${RULE}${scanner}`,
    sentence: `Remove the reason why the ${scanner} scan is incomplete, and check again.`,
  };
}
