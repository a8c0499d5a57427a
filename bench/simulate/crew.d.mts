import type { SeedReport } from '../../test/support/simulator/seed-report.js';

export function runOnAllCores(work: {
  readonly seeds: readonly number[];
  /** Path of the module that each process runs. */
  readonly runner: string;
  readonly answerWithinMs: number;
  readonly onReport: (report: SeedReport) => void;
  readonly signal: AbortSignal;
}): Promise<void>;
