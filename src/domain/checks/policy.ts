import type { ScannerName, SwitchableScanner } from './catalog';
import type { SuppressionReason } from './finding';
import type { FindingSeverity } from './severity';

/** Everything that the configuration says about the checks. Plain data; durations in ms. */
export interface CheckPolicy {
  /** How many checks run at the same time. */
  readonly parallelJobs: number;
  readonly cacheEnabled: boolean;
  /** A scanner that is `false` here is reported as switched off. */
  readonly scanners: Readonly<Record<SwitchableScanner, boolean>>;
  readonly build: BuildPolicy;
  readonly tests: TestPolicy;
  readonly advisories: AdvisoryPolicy;
  readonly dependencies: DependencyPolicy;
  /** Commands that check the syntax of files that Belay does not parse itself. */
  readonly syntaxCommands: readonly SyntaxCommand[];
  readonly suppressions: readonly Suppression[];
  /** By rule id; the last word on severity, and reported as such. */
  readonly severities: Readonly<Record<string, FindingSeverity>>;
  readonly tools: readonly ExternalTool[];
}

export interface BuildPolicy {
  /** Argv, run in the configuration's folder before the artifact is stored; null: nothing is built. */
  readonly command: readonly string[] | null;
  readonly timeoutMs: number;
}

export interface TestPolicy {
  readonly unit: UnitTestPolicy | null;
  readonly integration: IntegrationTestPolicy | null;
  /** Evidence documents of CI, absolute paths. */
  readonly evidence: readonly string[];
}

export interface UnitTestPolicy {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  /** JUnit XML that the command writes; absolute. */
  readonly reportPath: string;
  /** Istanbul summary, lcov or Cobertura that the command writes; absolute. Null: coverage is not measured. */
  readonly coveragePath: string | null;
  /** Beside the other checks; `false`: alone, before them. */
  readonly parallel: boolean;
}

export interface IntegrationTestPolicy {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly reportPath: string;
  /** Runs before each; null: no seeding. */
  readonly seed: readonly string[] | null;
  /** One run for each, named in BELAY_TEST_ENVIRONMENT; at least one. */
  readonly environments: readonly string[];
}

export interface AdvisoryPolicy {
  /** An address or a file of OSV records; null: the registry, then the OSV API. */
  readonly source: string | null;
  /** Older data make the scan partial. */
  readonly maxAgeMs: number;
}

export interface DependencyPolicy {
  /** SPDX ids; empty: every licence that is not denied. */
  readonly allowedLicences: readonly string[];
  readonly deniedLicences: readonly string[];
  /** Packages whose install scripts may run. */
  readonly allowedInstallScripts: readonly string[];
  /** Hosts that packages may come from, beside the public registry of each ecosystem. */
  readonly allowedHosts: readonly string[];
}

export interface SyntaxCommand {
  /** A glob over relative paths: `**` + `/*.py`. */
  readonly files: string;
  /** Argv; the paths are appended after `--` is not assumed: `{files}` is replaced by them. */
  readonly command: readonly string[];
  readonly timeoutMs: number;
}

/** From the deployment's own configuration only; the scanned tree cannot add one. */
export interface Suppression {
  readonly match: SuppressionMatch;
  readonly reason: SuppressionReason;
  readonly statement: string;
  readonly approvedBy: string;
  readonly createdAtMs: number | null;
  /** After it the finding is active again. */
  readonly expiresAtMs: number;
  readonly ticket: string | null;
  /** `security.suppressions[2]`. */
  readonly place: string;
}

export type SuppressionMatch =
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly path: string }
  | { readonly kind: 'advisory'; readonly advisory: string; readonly component: string };

/** A scanner of the user's own: run by us, or run elsewhere with its SARIF kept in a file. */
export type ExternalTool =
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly scanner: ScannerName;
      /** Argv; `{root}` and `{report}` are replaced. */
      readonly command: readonly string[];
      /** sha256 of the executable; null: not pinned, and said. */
      readonly sha256: string | null;
      readonly timeoutMs: number;
      /** Exit codes that mean "I looked", with or without findings. */
      readonly exitCodes: readonly number[];
      readonly required: boolean;
    }
  | {
      readonly kind: 'import';
      readonly name: string;
      readonly scanner: ScannerName;
      /** A SARIF 2.1.0 file, absolute. */
      readonly path: string;
      readonly required: boolean;
    };
