import type { TestCounts } from '../../../../domain/checks/test-evidence';
import { missing, parsed, type Parsed } from '../parsed';
import { attribute, children, parseXml, type XmlElement } from '../xml-document';
import { outcomeOf, type CaseOutcome } from './case-outcome';
import { caseKey, caseName } from './case-name';
import { contradictionIn } from './contradiction';

export interface JUnitReport {
  readonly counts: TestCounts;
  /** The first 20, by name. */
  readonly failedTests: readonly string[];
}

interface TestCase {
  readonly name: string;
  readonly outcome: CaseOutcome;
}

const LISTS = ['testsuites', 'testsuite', 'testcase', ...['error', 'failure', 'skipped']];
const MOST_NAMES = 20;

/**
 * Counts the test cases of a JUnit report; sums of its own that say more make it one that is not whole. A test that was repeated counts once, as it ended.
 * A suite that says that it broke, and lists no test, counts as one error.
 */
export function parseJUnit(text: string): Parsed<JUnitReport> {
  const document = parseXml(text, { lists: LISTS, doctype: 'refused' });
  if (document.kind === 'missing') return document;
  const { rootName, root } = document.content;
  if (rootName !== 'testsuites' && rootName !== 'testsuite')
    return missing('it is XML, but no JUnit report');
  const contradiction = contradictionIn(root);
  if (contradiction !== null) return missing(contradiction);
  const cases = [...casesOf(root).values()];
  const counts = countsOf(cases);
  if (counts.passed + counts.failed + counts.errored === 0)
    return missing(
      cases.length === 0 ? 'it names no test' : 'every test in it was skipped: none ran',
    );
  const broken = cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'errored');
  return parsed({ counts, failedTests: broken.slice(0, MOST_NAMES).map(({ name }) => name) });
}

/** The last outcome of each test. */
function casesOf(root: XmlElement): ReadonlyMap<string, TestCase> {
  const cases = new Map<string, TestCase>();
  const waiting: XmlElement[] = [root];
  let suiteNumber = 0;
  for (let suite = waiting.pop(); suite !== undefined; suite = waiting.pop()) {
    suiteNumber += 1;
    const own = children(suite, 'testcase');
    for (const testCase of own) {
      const { key, name } = { key: caseKey(testCase, suiteNumber), name: caseName(testCase) };
      cases.set(key, { name, outcome: outcomeOf(testCase) });
    }
    const inner = [...children(suite, 'testsuite'), ...children(suite, 'testsuites')];
    if (own.length + inner.length === 0 && saysItBroke(suite))
      cases.set(`suite ${suiteNumber}`, { name: caseName(suite), outcome: 'errored' });
    waiting.push(...inner.reverse());
  }
  return cases;
}

function saysItBroke(suite: XmlElement): boolean {
  return ['errors', 'failures'].some((name) => Number(attribute(suite, name) ?? 0) > 0);
}

function countsOf(cases: readonly TestCase[]): TestCounts {
  const counts = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  for (const { outcome } of cases) counts[outcome] += 1;
  return counts;
}
