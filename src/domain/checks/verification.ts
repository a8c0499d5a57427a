import type { ScannerName } from './catalog';
import type { Finding } from './finding';
import type { GateResult, Measurements } from './gate';
import type { ScanReport } from './scan-report';
import type { FindingSeverity, SeverityCounts } from './severity';
import type { BuildEvidence, TestEvidence } from './test-evidence';
import type { Validation } from './validation';

/** Everything the checks say about one artifact: what `belay verify` prints and the store keeps. */
export interface Verification {
  readonly passed: boolean;
  readonly validation: Validation;
  /** All, worst first: merged over tools, suppressed ones with their reason. */
  readonly findings: readonly Finding[];
  readonly counts: SeverityCounts;
  readonly scans: readonly ScanReport[];
  readonly build: BuildEvidence | null;
  readonly tests: readonly TestEvidence[];
  readonly measurements: Measurements;
  readonly gates: readonly GateResult[];
  /** 0 to 100; null while a scan is incomplete. */
  readonly score: number | null;
  readonly blockers: readonly Blocker[];
  /** One sentence for each reason that blocks. */
  readonly reasons: readonly string[];
  readonly recommendations: readonly Recommendation[];
  /** Suppressions that expired or match nothing, and what else a person should know. */
  readonly notices: readonly string[];
}

export interface Blocker {
  readonly scanner: ScannerName;
  readonly severity: FindingSeverity;
  readonly fingerprints: readonly string[];
  readonly sentence: string;
}

export interface Recommendation {
  readonly sentence: string;
  /** How many active findings it removes, and the worst of them. */
  readonly removes: number;
  readonly severity: FindingSeverity;
  readonly fingerprints: readonly string[];
}
