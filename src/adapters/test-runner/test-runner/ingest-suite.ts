import type { TestSuite } from '../../../domain/checks/catalog';
import type { TestEvidence } from '../../../domain/checks/test-evidence';
import { readEvidence, type BoundReport } from '../../inspection/reports/evidence/read-evidence';
import { readCoverage, readJUnit } from '../../inspection/reports/read-report';
import { cleanText } from '../../inspection/reports/clean-text';
import type { SuiteContext } from './suite-context';
import { countsEvidence, nothingFrom, type RunEvidence } from './suite-evidence';
import { sumRuns } from './sum-runs';

export interface IngestContext extends SuiteContext {
  readonly nowMs: number;
}

const LONGEST_NAME = 200;

/**
 * What CI says about a suite. Null where no evidence names it. Evidence that names it and is not bound to this artifact
 * makes the whole suite missing, whatever other evidence says.
 * @throws the signal's reason
 */
export async function ingestSuite(
  suite: TestSuite,
  context: IngestContext,
): Promise<TestEvidence | null> {
  const { tests, artifact, commit, nowMs } = context;
  const reports: BoundReport[] = [];
  for (const path of tests.evidence) {
    const evidence = await readEvidence(path, { artifact, commit, nowMs });
    if (evidence.kind === 'bound') reports.push(...evidence.reports);
    else if (evidence.reports?.some((report) => report.suite === suite) ?? true)
      return ingested(suite, nothingFrom('missing', `evidence of CI: ${evidence.reason}`, 0));
  }
  const own = reports.filter((report) => report.suite === suite);
  return own.length === 0 ? null : ingested(suite, await readAll(own, context));
}

function ingested(suite: TestSuite, run: RunEvidence): TestEvidence {
  return { suite, source: 'ingested', ...run };
}

async function readAll(
  reports: readonly BoundReport[],
  context: IngestContext,
): Promise<RunEvidence> {
  const runs = new Map<string, RunEvidence>();
  for (const report of reports.filter(({ kind }) => kind === 'junit'))
    runs.set(`report ${runs.size + 1}`, await readTests(report, context));
  const tests =
    runs.size === 0
      ? nothingFrom('missing', 'evidence of CI: it has no test report', 0)
      : sumRuns(runs);
  const [coverage] = reports.filter(({ kind }) => kind === 'coverage');
  return coverage === undefined || tests.outcome === 'missing'
    ? tests
    : withCoverage(tests, coverage, context);
}

async function readTests(
  { file, sha256 }: BoundReport,
  { signal, redact }: IngestContext,
): Promise<RunEvidence> {
  const read = await readJUnit({ path: file, sha256, signal });
  if (read.kind === 'missing')
    return nothingFrom('missing', `the test report of CI says nothing: ${read.reason}`, 0);
  const failedTests = read.content.failedTests.map((name) => cleanText(redact(name), LONGEST_NAME));
  return {
    ...countsEvidence(read.content.counts),
    lineCoveragePercent: null,
    failedTests,
    durationMs: 0,
  };
}

async function withCoverage(
  tests: RunEvidence,
  { file, sha256 }: BoundReport,
  { signal }: IngestContext,
): Promise<RunEvidence> {
  const read = await readCoverage({ path: file, sha256, signal });
  return read.kind === 'read'
    ? { ...tests, lineCoveragePercent: read.content.lineCoveragePercent }
    : { ...tests, reason: tests.reason ?? `coverage was not measured: ${read.reason}` };
}
