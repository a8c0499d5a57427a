import type { Finding, FindingLocation } from '../../../domain/checks/finding';
import type { FindingSeverity } from '../../../domain/checks/severity';
import { keyedFingerprint } from '../../inspection/fingerprints';

export interface ContainerRule {
  readonly id: string;
  readonly severity: FindingSeverity;
  /** An imperative sentence. */
  readonly fix: string;
}

export interface ContainerBreach {
  readonly rule: ContainerRule;
  readonly title: string;
  readonly location: FindingLocation;
  /** What the problem is known by, beside its rule; never a line number. */
  readonly identity: { readonly key: Uint8Array; readonly parts: readonly string[] };
}

export function containerFinding({ rule, title, location, identity }: ContainerBreach): Finding {
  return {
    scanner: 'container',
    ruleId: rule.id,
    severity: rule.severity,
    severityFrom: 'rule',
    title,
    location,
    fingerprint: keyedFingerprint(identity.key, ['container', rule.id, ...identity.parts]),
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: { key: `rule:${rule.id}`, sentence: rule.fix },
    cvss: null,
    sources: ['belay'],
  };
}
