import type { TestSuite } from '../../../../domain/checks/catalog';
import type { TestCounts } from '../../../../domain/checks/test-evidence';
import type { Digest } from '../../../../domain/revision';

/** What CI measured, bound to the bytes that it measured: `belay evidence` writes it, `testing.evidence` names it. */
export interface EvidenceDocument {
  readonly schemaVersion: 1;
  readonly subject: {
    readonly artifact: Digest;
    readonly commit: string | null;
  };
  /** ISO 8601. */
  readonly createdAt: string;
  readonly reports: readonly EvidenceReport[];
}

export interface EvidenceReport {
  readonly kind: EvidenceKind;
  /** Whose tests or coverage; null for the other kinds. */
  readonly suite: TestSuite | null;
  /** Relative to the document, with forward slashes. */
  readonly path: string;
  /** Hexadecimal, over the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  /** For people. Whoever decides reads the report itself. */
  readonly measured: {
    readonly counts?: TestCounts;
    readonly lineCoveragePercent?: number;
  };
}

export const EVIDENCE_KINDS = ['junit', 'coverage', 'sarif', 'sbom'] as const;

export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
