import type { TestSuite } from './catalog';

/** What a test suite, run by us or by CI, proves about one artifact. */
export interface TestEvidence {
  readonly suite: TestSuite;
  /** `command`: we ran it; `ingested`: CI ran it and bound the reports to artifact and commit. */
  readonly source: 'command' | 'ingested';
  /** `missing`: nothing can be said, and {@link reason} says why; never a pass. */
  readonly outcome: 'passed' | 'failed' | 'missing';
  readonly reason: string | null;
  /** Null where no report could be read whole, or it names no test. */
  readonly counts: TestCounts | null;
  /** Covered lines in percent, 0 to 100; null where not measured. */
  readonly lineCoveragePercent: number | null;
  /** The first of them, by name; at most 20. Names only. */
  readonly failedTests: readonly string[];
  readonly durationMs: number;
}

/** A test that was retried and passed counts once, as passed. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
}

/** What `build.command` did. */
export interface BuildEvidence {
  readonly succeeded: boolean;
  /** Why not; null where it did. */
  readonly reason: string | null;
  readonly durationMs: number;
}
