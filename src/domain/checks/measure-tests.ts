import type { Measurements } from './gate';
import type { TestSuite } from './catalog';
import type { TestCounts, TestEvidence } from './test-evidence';

type TestMeasurements = {
  readonly [metric in keyof Measurements]: number | null;
};

/** Pass rates and coverage of the suites that ran; a suite without a whole report measures nothing. */
export function measureTests(tests: readonly TestEvidence[]): TestMeasurements {
  return {
    unit_test_coverage: leastOf(ofSuite(tests, 'unit').map(coverageOf)),
    unit_test_pass_rate: passRate(ofSuite(tests, 'unit')),
    integration_test_pass_rate: passRate(ofSuite(tests, 'integration')),
  };
}

function ofSuite(tests: readonly TestEvidence[], suite: TestSuite): readonly TestEvidence[] {
  return tests.filter((evidence) => evidence.suite === suite);
}

function coverageOf({ outcome, lineCoveragePercent }: TestEvidence): number | null {
  if (outcome === 'missing' || lineCoveragePercent === null) return null;
  return lineCoveragePercent >= 0 && lineCoveragePercent <= 100 ? lineCoveragePercent : null;
}

/** Skipped tests prove nothing and are left out; the worst of several runs counts. */
function passRate(runs: readonly TestEvidence[]): number | null {
  return leastOf(runs.map(rateOf));
}

function rateOf({ outcome, counts }: TestEvidence): number | null {
  if (outcome === 'missing' || counts === null) return null;
  const { passed, failed, errored } = counts;
  const total = passed + failed + errored;
  if (!(total > 0) || !isCount(counts)) return null;
  // A run that failed although no test did (a crash, an exit code) says more than its counts.
  if (outcome === 'failed' && passed === total) return null;
  return (100 * passed) / total;
}

function isCount({ passed, failed, errored }: TestCounts): boolean {
  return [passed, failed, errored].every((count) => Number.isInteger(count) && count >= 0);
}

/** Null where there is none, or one of them is missing. */
function leastOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : Math.min(...known);
}
