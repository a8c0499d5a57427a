import { formatCounted } from '../../../domain/format/count';
import type { TestCounts, TestEvidence } from '../../../domain/checks/test-evidence';
import { cleanText } from '../../inspection/reports/clean-text';
import type { Redact } from '../../inspection/run-command/redact-secrets';
import { commandProblem } from './command-problem';
import type { SuiteRun } from './run-suite';

export type RunEvidence = Pick<
  TestEvidence,
  'outcome' | 'reason' | 'counts' | 'lineCoveragePercent' | 'failedTests' | 'durationMs'
>;

export interface RunLimits {
  readonly timeoutMs: number;
  readonly redact: Redact;
}

const LONGEST_NAME = 200;

/** What one run proves: exit code and report must agree; where they do not, the worse counts. */
export function suiteEvidence(
  { end, report, coverage }: SuiteRun,
  { timeoutMs, redact }: RunLimits,
): RunEvidence {
  const problem = commandProblem(end, timeoutMs);
  const { durationMs } = end;
  if (report.kind === 'missing') {
    const outcome = problem !== null && isFailure(end.kind) ? 'failed' : 'missing';
    const reason = reasonOf(problem, `its report says nothing: ${report.reason}`);
    return nothingFrom(outcome, reason, durationMs);
  }
  const { counts, failedTests } = report.content;
  if (problem !== null && (broken(counts) === 0 || end.kind !== 'exited')) {
    const reason = reasonOf(problem, 'its report cannot be believed');
    return nothingFrom('failed', reason, durationMs);
  }
  const named = failedTests.map((name) => cleanText(redact(name), LONGEST_NAME));
  return {
    ...countsEvidence(counts),
    ...covered(counts, coverage),
    failedTests: named,
    durationMs,
  };
}

/** A failed test is more worth telling than coverage that is missing. */
function covered(
  counts: TestCounts,
  coverage: SuiteRun['coverage'],
): Pick<RunEvidence, 'lineCoveragePercent'> & { readonly reason?: string } {
  if (coverage?.kind === 'read')
    return { lineCoveragePercent: coverage.content.lineCoveragePercent };
  if (coverage === null || broken(counts) > 0) return { lineCoveragePercent: null };
  return {
    lineCoveragePercent: null,
    reason: `coverage was not measured: ${coverage.reason}`,
  };
}

/** `failed` as soon as one test did not pass. */
export function countsEvidence(
  counts: TestCounts,
): Pick<TestEvidence, 'outcome' | 'reason' | 'counts'> {
  const failures = broken(counts);
  if (failures === 0) return { outcome: 'passed', reason: null, counts };
  const ran = formatCounted(failures + counts.passed, 'test');
  return { outcome: 'failed', reason: `${failures} of ${ran} failed`, counts };
}

export function nothingFrom(
  outcome: 'failed' | 'missing',
  reason: string,
  durationMs: number,
): RunEvidence {
  return {
    outcome,
    reason,
    counts: null,
    lineCoveragePercent: null,
    failedTests: [],
    durationMs,
  };
}

function broken({ failed, errored }: TestCounts): number {
  return failed + errored;
}

/** What never ran has not failed: nothing is known. */
function isFailure(kind: SuiteRun['end']['kind']): boolean {
  return kind === 'exited' || kind === 'signalled' || kind === 'timed-out';
}

function reasonOf(problem: string | null, about: string): string {
  return problem === null ? about : `${problem}, and ${about}`;
}
