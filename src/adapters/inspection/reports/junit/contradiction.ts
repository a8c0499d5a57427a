import { attribute, children, type XmlElement } from '../xml-document';
import { outcomeOf } from './case-outcome';

/**
 * Why the sums of a suite that lists tests say more than the tests themselves, so that some of them must be missing; null:
 * they do not.
 */
export function contradictionIn(root: XmlElement): string | null {
  const waiting: XmlElement[] = [root];
  for (let suite = waiting.pop(); suite !== undefined; suite = waiting.pop()) {
    waiting.push(...suitesIn(suite));
    if (children(suite, 'testcase').length === 0) continue;
    const cases = casesBelow(suite);
    if (sumOf(suite, ['tests']) > cases.length)
      return 'a suite in it says that it has more tests than it lists';
    const broken = cases.filter((one) => ['failed', 'errored'].includes(outcomeOf(one)));
    if (sumOf(suite, ['failures', 'errors']) > broken.length)
      return 'a suite in it says that more of its tests failed than it lists';
  }
  return null;
}

function casesBelow(suite: XmlElement): readonly XmlElement[] {
  const cases: XmlElement[] = [];
  const waiting: XmlElement[] = [suite];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const testCase of children(one, 'testcase')) cases.push(testCase);
    waiting.push(...suitesIn(one));
  }
  return cases;
}

function suitesIn(suite: XmlElement): readonly XmlElement[] {
  return [...children(suite, 'testsuite'), ...children(suite, 'testsuites')];
}

/** What is no number says nothing. */
function sumOf(suite: XmlElement, names: readonly string[]): number {
  return names
    .map((name) => Number(attribute(suite, name) ?? 0))
    .filter(Number.isFinite)
    .reduce((sum, value) => sum + value, 0);
}
