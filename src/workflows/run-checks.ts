import { ActivityCancellationType, CancellationScope } from '@temporalio/workflow';
import {
  SCANNERS,
  VALIDATORS,
  type ScannerName,
  type TestSuite,
  type ValidatorName,
} from '../domain/checks/catalog';
import type { CheckId, ScanSummary, ValidatorSummary } from '../domain/checks/check-summary';
import { NO_FINDINGS } from '../domain/checks/severity';
import type { TestEvidence } from '../domain/checks/test-evidence';
import type { DeploymentRequest } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { ActivityProxies } from './activity-proxies';
import { sentenceOf } from './departure';
import { inLanes } from './in-lanes';

/** What the checks of one deployment run on. */
export interface CheckRun {
  readonly activities: ActivityProxies;
  readonly request: DeploymentRequest;
  readonly artifact: Digest;
  /** Called when a check starts, and when it has ended. */
  readonly onCheck: (check: CheckId, ended: CheckEnd | null) => void;
}

export interface CheckEnd {
  readonly ok: boolean;
  readonly sentence: string;
}

export interface Validated {
  readonly validators: readonly ValidatorSummary[];
  readonly tests: readonly TestEvidence[];
}

/** Validators and tests side by side, each an activity of its own; unit tests that want to be alone go first. */
export async function runValidation(run: CheckRun): Promise<Validated> {
  const { parallelJobs, tests: policy } = run.request.checks;
  const tests: TestEvidence[] = [];
  const test = (suite: TestSuite) => async (): Promise<null> => {
    const evidence = await runTests(run, suite);
    if (evidence !== null) tests.push(evidence);
    return null;
  };
  const isAlone = policy.unit?.parallel === false;
  if (isAlone) await test('unit')();
  const answers = await inLanes<ValidatorSummary | null>(parallelJobs, [
    ...(isAlone ? [] : [test('unit')]),
    test('integration'),
    ...VALIDATORS.map((validator) => () => runValidator(run, validator)),
  ]);
  return { validators: answers.filter((answer) => answer !== null), tests };
}

/** The five scanners side by side. */
export function runScans(run: CheckRun): Promise<readonly ScanSummary[]> {
  const scans = SCANNERS.map((scanner) => () => runScanner(run, scanner));
  return inLanes(run.request.checks.parallelJobs, scans);
}

/** A check that could not run is a failed check, not a failed deployment: the verdict says what that means. */
async function runValidator(run: CheckRun, validator: ValidatorName): Promise<ValidatorSummary> {
  return tracked(run, `validator/${validator}`, {
    act: () =>
      run.activities.checks.runValidator.executeWithOptions(
        {
          summary: `Validate: ${validator}`,
          startToCloseTimeout: CHECK_MS + (validator === 'syntax' ? syntaxCommandsMs(run) : 0),
        },
        [{ ...refOf(run), validator }],
      ),
    broken: (error) => unvalidated(validator, error),
    end: ({ passed, error, problemCount, covered, total }) => ({
      ok: passed,
      sentence: error ?? `${covered} of ${total} looked at, ${problemCount} found`,
    }),
  });
}

async function runScanner(run: CheckRun, scanner: ScannerName): Promise<ScanSummary> {
  return tracked(run, `scanner/${scanner}`, {
    act: () =>
      run.activities.checks.runScanner.executeWithOptions(
        { summary: `Scan: ${scanner}`, startToCloseTimeout: CHECK_MS + toolsMs(run, scanner) },
        [{ ...refOf(run), scanner }],
      ),
    broken: (reason) => unscanned(scanner, reason),
    end: scanEnd,
  });
}

/** Longer than any check of ours takes by its own limit. */
const CHECK_MS = 15 * 60_000;

/** One after the other. */
function toolsMs({ request }: CheckRun, scanner: ScannerName): number {
  return request.checks.tools
    .filter((tool) => tool.scanner === scanner)
    .reduce((sum, tool) => sum + (tool.kind === 'run' ? tool.timeoutMs : 0), 0);
}

function syntaxCommandsMs({ request }: CheckRun): number {
  return request.checks.syntaxCommands.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
}

function scanEnd({ status, reason, covered, total, counts, cached }: ScanSummary): CheckEnd {
  const found = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const looked = `${covered} of ${total} looked at, ${found} found${cached ? ' (kept result)' : ''}`;
  const isOk = status === 'completed' || status === 'not-applicable';
  return { ok: isOk, sentence: status === 'completed' ? looked : `${status}: ${reason ?? looked}` };
}

const START_MS = 60_000;

async function runTests(run: CheckRun, suite: TestSuite): Promise<TestEvidence | null> {
  const { request, activities } = run;
  const { unit, integration, evidence } = request.checks.tests;
  const policy = suite === 'unit' ? unit : integration;
  if (policy === null && evidence.length === 0) return null;
  const runs = suite === 'integration' ? 2 * (integration?.environments.length ?? 1) : 1;
  const timeoutMs = (policy?.timeoutMs ?? START_MS) * runs + START_MS;
  return tracked<TestEvidence | null>(run, `tests/${suite}`, {
    act: () =>
      activities.checks.runTests.executeWithOptions(
        { summary: `Tests: ${suite}`, startToCloseTimeout: timeoutMs, ...UNTIL_IT_HAS_ENDED },
        [{ ...refOf(run), suite, folder: request.configFolder, commit: commitOf(request) }],
      ),
    broken: (reason) => untested(suite, reason),
    end: (answer) => ({
      ok: answer === null || answer.outcome === 'passed',
      sentence: answer === null ? 'nothing configured' : (answer.reason ?? answer.outcome),
    }),
  });
}

/** Two builds or test runs must not share a folder: the next deployment waits until this one's command has ended. */
export const UNTIL_IT_HAS_ENDED = {
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const;

interface Tracked<T> {
  readonly act: () => Promise<T>;
  readonly broken: (reason: string) => T;
  readonly end: (answer: T) => CheckEnd;
}

async function tracked<T>(run: CheckRun, check: CheckId, how: Tracked<T>): Promise<T> {
  run.onCheck(check, null);
  const answer = await attempt(how);
  run.onCheck(check, how.end(answer));
  return answer;
}

async function attempt<T>({ act, broken }: Tracked<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    return broken(sentenceOf(error));
  }
}

function refOf({ request, artifact }: CheckRun) {
  return { deploymentId: request.deploymentId, artifact };
}

function commitOf({ artifact }: DeploymentRequest): string | null {
  return artifact.commit;
}

const NOTHING = { covered: 0, total: 1, cached: false, durationMs: 0, report: null };

function unvalidated(validator: ValidatorName, error: string): ValidatorSummary {
  return { ...NOTHING, validator, passed: false, severity: 'critical', error, problemCount: 0 };
}

function unscanned(scanner: ScannerName, reason: string): ScanSummary {
  return { ...NOTHING, scanner, status: 'failed', reason, counts: NO_FINDINGS };
}

function untested(suite: TestSuite, reason: string): TestEvidence {
  return {
    suite,
    source: 'command',
    outcome: 'missing',
    reason,
    counts: null,
    lineCoveragePercent: null,
    failedTests: [],
    durationMs: 0,
  };
}
