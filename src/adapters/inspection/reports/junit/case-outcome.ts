import type { TestCounts } from '../../../../domain/checks/test-evidence';
import { attribute, type XmlElement } from '../xml-document';

export type CaseOutcome = keyof TestCounts;

/**
 * What one `testcase` says. Surefire's `flakyFailure` and `flakyError` stand in a test that passed in the end, its
 * `rerunFailure` and `rerunError` beside the `failure` or `error` of one that did not.
 */
export function outcomeOf(testCase: XmlElement): CaseOutcome {
  if (has(testCase, 'error')) return 'errored';
  if (has(testCase, 'failure')) return 'failed';
  if (has(testCase, 'skipped')) return 'skipped';
  const word = attribute(testCase, 'status') ?? attribute(testCase, 'result') ?? '';
  return WORDS.get(word.toLowerCase()) ?? 'passed';
}

/** Some tools say it in an attribute only. */
const WORDS: ReadonlyMap<string, CaseOutcome> = new Map([
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['fail', 'failed'],
  ['error', 'errored'],
  ['errored', 'errored'],
  ['skipped', 'skipped'],
  ['disabled', 'skipped'],
  ['notrun', 'skipped'],
  ['pending', 'skipped'],
  ['suppressed', 'skipped'],
]);

function has(testCase: XmlElement, child: string): boolean {
  return testCase[child] !== undefined;
}
