import type { TestCounts } from '../../../domain/checks/test-evidence';
import { countsEvidence, nothingFrom, type RunEvidence } from './suite-evidence';

const MOST_NAMES = 20;

/** Several runs as one: as bad as the worst, and its counts only where every run has counts. */
export function sumRuns(runs: ReadonlyMap<string, RunEvidence>): RunEvidence {
  const all = [...runs];
  const durationMs = all.reduce((sum, [, run]) => sum + run.durationMs, 0);
  const [only] = all;
  if (only !== undefined && all.length === 1) return only[1];
  const uncounted = all.find(([, { counts }]) => counts === null);
  if (uncounted !== undefined || only === undefined) {
    const isMissing = all.every(([, { outcome }]) => outcome !== 'failed');
    const [name, run] = uncounted ?? ['', null];
    const reason =
      run === null ? 'there is no environment to test in' : `${name}: ${run.reason ?? 'no result'}`;
    return nothingFrom(isMissing ? 'missing' : 'failed', reason, durationMs);
  }
  return {
    ...countsEvidence(sumOf(all.map(([, { counts }]) => counts))),
    lineCoveragePercent: null,
    failedTests: namesOf(all),
    durationMs,
  };
}

function sumOf(all: readonly (TestCounts | null)[]): TestCounts {
  const sum = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  for (const counts of all) {
    sum.passed += counts?.passed ?? 0;
    sum.failed += counts?.failed ?? 0;
    sum.errored += counts?.errored ?? 0;
    sum.skipped += counts?.skipped ?? 0;
  }
  return sum;
}

function namesOf(all: readonly (readonly [string, RunEvidence])[]): readonly string[] {
  return all
    .flatMap(([name, { failedTests }]) => failedTests.map((test) => `${name}: ${test}`))
    .slice(0, MOST_NAMES);
}
