import type { AppliedSuppression, Finding } from '../finding';
import { sarifLevel } from './level';
import { sarifLocation } from './location';
import type { SarifResult, SarifSuppression } from './log';
import { sarifText } from './text';

/** Where results point to within their run: rule ids and URIs with their places in its lists. */
export interface RunIndexes {
  readonly rules: ReadonlyMap<string, number>;
  readonly artifacts: ReadonlyMap<string, number>;
}

export function findingResult(finding: Finding, { rules, artifacts }: RunIndexes): SarifResult {
  const { ruleId, severity, location, fingerprint, suppression, fix, component } = finding;
  return {
    ruleId,
    ruleIndex: rules.get(ruleId) ?? -1,
    kind: 'fail',
    level: sarifLevel(severity),
    message: sarifText(fix === null ? finding.title : `${finding.title} ${fix.sentence}`),
    locations: [sarifLocation(location, artifacts)],
    partialFingerprints: { 'belay/v1': fingerprint },
    ...(suppression === null ? {} : { suppressions: [sarifSuppression(suppression)] }),
    properties: {
      severity,
      severityFrom: finding.severityFrom,
      state: finding.state,
      aliases: finding.aliases,
      sources: finding.sources,
      ...(component === null ? {} : { purl: component.purl }),
      ...(finding.cvss === null ? {} : { cvss: finding.cvss }),
    },
  };
}

/** SARIF has no field for the end of a suppression, so it stands in its properties and in the words. */
function sarifSuppression(suppression: AppliedSuppression): SarifSuppression {
  const { reason, statement, approvedBy, expiresAtMs, place } = suppression;
  const expiresAt = new Date(expiresAtMs).toISOString();
  return {
    kind: 'external',
    status: 'accepted',
    justification: `${reason}: ${statement} (${approvedBy}, until ${expiresAt})`,
    properties: { reason, approvedBy, expiresAt, place },
  };
}
