import type { BuildEvidence, TestEvidence } from '../../../domain/checks/test-evidence';
import { formatDuration } from '../../../domain/format/duration';
import { mark, paint, plain, type Style } from '../style';
import { suiteWords } from './suite-words';

/** The build and the tests, where there are any. */
export function evidenceLines(
  build: BuildEvidence | null,
  tests: readonly TestEvidence[],
  style: Style,
): readonly string[] {
  if (build === null && tests.length === 0) return [];
  return [
    '',
    paint(build === null ? 'Tests' : 'Build and tests', 'bold', style),
    ...(build === null ? [] : [buildLine(build, style)]),
    ...tests.flatMap((suite) => suiteLines(suite, style)),
  ];
}

function buildLine({ succeeded, reason, durationMs }: BuildEvidence, style: Style): string {
  const words = succeeded ? 'succeeded' : `failed${reason === null ? '' : `: ${plain(reason)}`}`;
  return `  ${mark(succeeded ? 'done' : 'failed', style)} ${'build'.padEnd(15)}  ${words} in ${formatDuration(durationMs)}`;
}

function suiteLines(evidence: TestEvidence, style: Style): readonly string[] {
  const { suite, outcome, failedTests } = evidence;
  const words = [
    paint(outcome, outcome === 'passed' ? 'good' : 'bad', style),
    ...suiteWords(evidence),
  ];
  return [
    `  ${mark(outcome === 'passed' ? 'done' : 'failed', style)} ${suite.padEnd(15)}  ${words.join(', ')}`,
    ...(evidence.reason === null ? [] : [`      ${plain(evidence.reason)}`]),
    ...failedTests.map((name) => `      failed: ${plain(name)}`),
  ];
}
