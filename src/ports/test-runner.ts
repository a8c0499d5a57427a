import type { TestSuite } from '../domain/checks/catalog';
import type { BuildPolicy, TestPolicy } from '../domain/checks/policy';
import type { BuildEvidence, TestEvidence } from '../domain/checks/test-evidence';
import type { Digest } from '../domain/revision';

/** Runs the project's own commands, without a shell, and reads what they or CI wrote. */
export interface TestRunner {
  build(order: BuildOrder, signal: AbortSignal): Promise<BuildEvidence | null>;
  /** Null where neither a command nor evidence of CI is configured for the suite. */
  test(suite: TestSuite, order: TestOrder, signal: AbortSignal): Promise<TestEvidence | null>;
}

export interface BuildOrder {
  readonly build: BuildPolicy;
  /** The configuration's folder, absolute. */
  readonly folder: string;
  readonly parallelJobs: number;
}

export interface TestOrder {
  readonly tests: TestPolicy;
  readonly folder: string;
  readonly parallelJobs: number;
  /** What evidence must be bound to. */
  readonly artifact: Digest;
  readonly commit: string | null;
  /** The stored copy, for tests that want the very bytes (BELAY_ARTIFACT). */
  readonly root: string;
}
