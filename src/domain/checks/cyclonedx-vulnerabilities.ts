import type { Finding } from './finding';

/** The `vulnerabilities` of a CycloneDX 1.6 document: one for each advisory, with the components that it affects. */
export function cycloneDxVulnerabilities(findings: readonly Finding[]): readonly object[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.component === null) continue;
    byId.set(finding.ruleId, [...(byId.get(finding.ruleId) ?? []), finding]);
  }
  return [...byId]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, same]) => vulnerabilityOf(id, same));
}

function vulnerabilityOf(id: string, findings: readonly Finding[]): object {
  const first = findings[0];
  const purls = new Set(findings.flatMap(({ component }) => component?.purl ?? []));
  const aliases = [...new Set(findings.flatMap((finding) => finding.aliases))].sort();
  return {
    'bom-ref': `vulnerability:${id}`,
    id,
    references: aliases.map((alias) => ({ id: alias, source: { name: sourceOf(alias) } })),
    ratings: [
      {
        severity: first?.severity ?? 'unknown',
        ...(first?.cvss == null ? {} : { score: first.cvss }),
      },
    ],
    description: first?.title ?? id,
    ...(first?.fix == null ? {} : { recommendation: first.fix.sentence }),
    affects: [...purls].sort().map((ref) => ({ ref })),
  };
}

/** `CVE`, `GHSA`, `PYSEC`: who gives out such names. */
function sourceOf(alias: string): string {
  return alias.split('-', 1)[0] ?? alias;
}
