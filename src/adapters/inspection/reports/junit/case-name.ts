import { redactSecrets } from '../../run-command/redact-secrets';
import { cleanText } from '../clean-text';
import { attribute, type XmlElement } from '../xml-document';

/** Names of parameterised tests hold their data: what is hidden must be whole when it is looked for. */
const LONGEST_NAME = 2_000;
const hideSecrets = redactSecrets([]);

/** `class › name`, in one line. */
export function caseName(testCase: XmlElement): string {
  const parts = [attribute(testCase, 'classname'), attribute(testCase, 'name')];
  const [first = 'without a name', ...rest] = [...new Set(parts)].filter(
    (part) => part !== null && part !== '',
  );
  return cleanText(hideSecrets([first, ...rest].join(' › ')), LONGEST_NAME);
}

/** The same for repetitions of the same test. Without a file, tests of one name in two suites are two tests. */
export function caseKey(testCase: XmlElement, suiteNumber: number): string {
  const file = attribute(testCase, 'file');
  const where = file === null ? `suite ${suiteNumber}` : `file ${file}`;
  const words = [where, attribute(testCase, 'classname'), attribute(testCase, 'name')];
  return JSON.stringify(words);
}
