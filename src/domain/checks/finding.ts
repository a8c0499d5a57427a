import type { ScannerName } from './catalog';
import type { FindingSeverity } from './severity';

/** One thing that a scanner found. No field ever holds a secret's value or a part of the text that was scanned. */
export interface Finding {
  readonly scanner: ScannerName;
  /** `secrets/github-token`, `GHSA-…`, `dockerfile/root-user`: stable over versions. */
  readonly ruleId: string;
  readonly severity: FindingSeverity;
  /** Where the severity comes from: `unknown` is counted as high, never as low. */
  readonly severityFrom: 'rule' | 'cvss' | 'source' | 'override' | 'unknown';
  /** A sentence of our own, made from the rule. */
  readonly title: string;
  readonly location: FindingLocation | null;
  /** `v1:` and 32 hexadecimal digits. The same problem on another line, or told by another tool, has the same one. */
  readonly fingerprint: string;
  /** `active` counts; `suppressed` is set aside by the configuration, with a reason and an end. */
  readonly state: 'active' | 'suppressed';
  /** Set where {@link state} is `suppressed`. */
  readonly suppression: AppliedSuppression | null;
  /** Other names of the same thing: CVE, GHSA, PYSEC. */
  readonly aliases: readonly string[];
  readonly component: ComponentRef | null;
  /** What a person would change, where it is known. */
  readonly fix: Fix | null;
  /** Base score, 0 to 10. */
  readonly cvss: number | null;
  /** The tools that said so: `belay`, `secretlint`, `osv`, `trivy`; merged findings have several. */
  readonly sources: readonly string[];
}

/** Where it is. `path` is relative to the root that was scanned, with forward slashes. */
export interface FindingLocation {
  readonly path: string;
  /** From 1; null where the whole file is meant. */
  readonly line: number | null;
  /** `aws_security_group.web`, `Resources.Bucket`, `layer sha256:…`. */
  readonly resource: string | null;
}

export interface ComponentRef {
  readonly name: string;
  readonly version: string;
  /** Package URL without qualifiers: `pkg:npm/lodash@4.17.0`. */
  readonly purl: string;
}

/** One change that removes findings; findings of the same `key` go away together. */
export interface Fix {
  /** `upgrade:pkg:npm/lodash@4.17.21`, `rule:dockerfile/root-user`. */
  readonly key: string;
  /** An imperative sentence: `Upgrade lodash to 4.17.21.` */
  readonly sentence: string;
}

export interface AppliedSuppression {
  readonly reason: SuppressionReason;
  readonly statement: string;
  readonly approvedBy: string;
  readonly expiresAtMs: number;
  /** Its place in the configuration: `security.suppressions[2]`. */
  readonly place: string;
}

export const SUPPRESSION_REASONS = [
  'false-positive',
  'not-affected',
  'risk-accepted',
  'fix-pending',
  'revoked',
] as const;

export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];
