import type { ScannerName, TestSuite, ValidatorName } from './catalog';
import type { Finding } from './finding';
import type { GateResult, Measurements } from './gate';
import type { ScanStatus } from './scan-report';
import type { FindingSeverity, SeverityCounts } from './severity';
import type { Blocker, Recommendation } from './verification';

/** A whole report, kept beside the artifact: what goes through the workflow is this name and digest. */
export interface StoredReport {
  /** A plain file name. */
  readonly name: string;
  /** sha256 of its canonical JSON, hexadecimal. */
  readonly sha256: string;
}

/** What the workflow keeps of a scan. */
export interface ScanSummary {
  readonly scanner: ScannerName;
  readonly status: ScanStatus;
  readonly reason: string | null;
  readonly covered: number;
  readonly total: number;
  /** Before merging and suppression. */
  readonly counts: SeverityCounts;
  readonly cached: boolean;
  readonly durationMs: number;
  /** Null where no worker gave a report. */
  readonly report: StoredReport | null;
}

/** What the workflow keeps of a validator. */
export interface ValidatorSummary {
  readonly validator: ValidatorName;
  readonly passed: boolean;
  readonly severity: FindingSeverity | null;
  readonly error: string | null;
  readonly problemCount: number;
  readonly covered: number;
  readonly total: number;
  readonly cached: boolean;
  readonly durationMs: number;
  readonly report: StoredReport | null;
}

/** What history keeps of the verdict: bounded lists, and where the whole of it lies. */
export interface VerificationSummary {
  readonly passed: boolean;
  readonly score: number | null;
  readonly counts: SeverityCounts;
  readonly gates: readonly GateResult[];
  readonly blockers: readonly Blocker[];
  readonly reasons: readonly string[];
  /** The worst, at most 20. */
  readonly worst: readonly Finding[];
  readonly recommendations: readonly Recommendation[];
  readonly notices: readonly string[];
  readonly measurements: Measurements;
  readonly report: StoredReport;
}

/** A check as status shows it. */
export interface CheckStatus {
  readonly check: CheckId;
  readonly state: 'waiting' | 'doing' | 'done' | 'failed';
  /** Targets looked at so far, from the heartbeat; null between two of them. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly result: string | null;
}

/** `validator/syntax`, `scanner/secrets`, `tests/unit`. */
export type CheckId =
  `validator/${ValidatorName}` | `scanner/${ScannerName}` | `tests/${TestSuite}`;

/** The heartbeat details of a check. */
export interface LiveCheck {
  readonly check: CheckId;
  readonly done: number;
  readonly total: number;
}
