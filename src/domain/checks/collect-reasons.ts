import { formatCount, formatCounted } from '../format/count';
import type { TestSuite } from './catalog';
import type { GateMetric, GateResult } from './gate';
import { safeText } from './safe-text';
import type { BuildEvidence, TestEvidence } from './test-evidence';
import type { Problem, Validation, ValidatorReport } from './validation';
import type { Blocker } from './verification';

interface Judged {
  readonly validation: Validation;
  readonly build: BuildEvidence | null;
  readonly tests: readonly TestEvidence[];
  readonly gates: readonly GateResult[];
  readonly blockers: readonly Blocker[];
}

/** One sentence for each reason that blocks; none: the checks have passed. */
export function collectReasons(judged: Judged): readonly string[] {
  return [
    ...buildReasons(judged),
    ...validatorReasons(judged),
    ...testReasons(judged),
    ...judged.gates.filter(({ blocks }) => blocks).map(({ sentence }) => sentence),
    ...judged.blockers.map(({ sentence }) => sentence),
  ];
}

function buildReasons({ build }: Judged): readonly string[] {
  if (build === null || build.succeeded) return [];
  return [`build: ${safeText(build.reason ?? 'it failed', 300)}`];
}

/** A blocking gate of the same metric decides how much may fail, but never about a failure that is critical. */
function validatorReasons({ validation, gates }: Judged): readonly string[] {
  const isGated = isDecided(gates, 'build_success');
  return Object.values(validation.results)
    .filter(({ passed }) => !passed)
    .filter(({ severity, error }) => !isGated || severity === 'critical' || error !== null)
    .map(describeValidator);
}

function describeValidator({ validator, error, problems, problemCount }: ValidatorReport): string {
  if (error !== null) return `${validator}: the validator broke: ${safeText(error, 200)}`;
  const [first] = problems;
  if (first === undefined) return `${validator}: it did not pass`;
  const rest = Math.max(problemCount, problems.length) - 1;
  const more = rest === 0 ? '' : `, and ${formatCounted(rest, 'more problem')}`;
  return `${validator}: ${describeProblem(first)}${more}`;
}

/** Titles speak of the file: `src/a.json:4: is not valid JSON (syntax/json)`. */
function describeProblem({ rule, title, location }: Problem): string {
  const what = `${safeText(title, 200).replace(/\.$/, '')} (${safeText(rule, 100)})`;
  if (location === null) return what;
  const line = location.line === null ? '' : `:${location.line}`;
  return `${safeText(location.path, 200)}${line}: ${what}`;
}

/** Tests that were asked for must pass, unless a blocking gate says how many. */
function testReasons({ tests, gates }: Judged): readonly string[] {
  return tests
    .filter(({ outcome }) => outcome !== 'passed')
    .filter(({ suite, outcome }) =>
      outcome === 'missing' ? !isLeftToGate(gates, RATES[suite]) : !isDecided(gates, RATES[suite]),
    )
    .map(describeTests);
}

const RATES = {
  unit: 'unit_test_pass_rate',
  integration: 'integration_test_pass_rate',
} as const satisfies Record<TestSuite, GateMetric>;

function describeTests({ suite, outcome, reason, counts }: TestEvidence): string {
  const because = reason === null ? '' : `: ${safeText(reason, 300)}`;
  if (outcome === 'missing' || counts === null) return `${suite} tests: no result${because}`;
  const bad = counts.failed + counts.errored;
  const all = bad + counts.passed;
  return bad === 0
    ? `${suite} tests: failed${because}`
    : `${suite} tests: ${formatCount(bad)} of ${formatCounted(all, 'test')} failed`;
}

/** A value was held against a gate that can block. */
function isDecided(gates: readonly GateResult[], metric: GateMetric): boolean {
  return decidersOf(gates, metric).some(({ outcome }) => outcome !== 'missing');
}

/** As above, or there was no value: then the gate itself blocks, or its author said that it shall not. */
function isLeftToGate(gates: readonly GateResult[], metric: GateMetric): boolean {
  return decidersOf(gates, metric).length > 0;
}

function decidersOf(gates: readonly GateResult[], wanted: GateMetric): readonly GateResult[] {
  return gates.filter(
    ({ metric, blocking, outcome }) => metric === wanted && blocking && outcome !== 'skipped',
  );
}
