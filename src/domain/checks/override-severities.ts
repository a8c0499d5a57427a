import { formatCounted } from '../format/count';
import type { Finding } from './finding';
import { safeText } from './safe-text';
import type { FindingSeverity } from './severity';

export type SeverityOverrides = Readonly<Record<string, FindingSeverity>>;

/** The configuration's word on severities, and a notice for each rule that it changed. */
export function overrideSeverities(
  findings: readonly Finding[],
  overrides: SeverityOverrides,
): { readonly findings: readonly Finding[]; readonly notices: readonly string[] } {
  const changed = new Map<string, number>();
  const overridden = findings.map((finding): Finding => {
    const severity = Object.hasOwn(overrides, finding.ruleId)
      ? overrides[finding.ruleId]
      : undefined;
    if (severity === undefined || severity === finding.severity) return finding;
    changed.set(finding.ruleId, (changed.get(finding.ruleId) ?? 0) + 1);
    return { ...finding, severity, severityFrom: 'override' };
  });
  const notices = [...changed]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([ruleId, count]) =>
        `security.severities: ${formatCounted(count, 'finding')} of ${safeText(ruleId, 120)} ` +
        `counted as ${overrides[ruleId] ?? ''}, as the configuration says`,
    );
  return { findings: overridden, notices };
}
