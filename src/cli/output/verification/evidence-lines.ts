import type { BuildEvidence, TestEvidence } from '../../../domain/checks/test-evidence';
import { formatCount, formatCounted } from '../../../domain/format/count';
import { formatDuration } from '../../../domain/format/duration';
import { formatDecimal } from '../../../domain/format/decimal';
import { mark, paint, plain, type Style } from '../style';

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
  const { suite, outcome, source, failedTests } = evidence;
  const words = [
    paint(outcome, outcome === 'passed' ? 'good' : 'bad', style),
    ...countWords(evidence),
    coverageWords(evidence),
    source === 'ingested' ? 'as CI reported' : `in ${formatDuration(evidence.durationMs)}`,
  ].filter((word) => word !== '');
  return [
    `  ${mark(outcome === 'passed' ? 'done' : 'failed', style)} ${suite.padEnd(15)}  ${words.join(', ')}`,
    ...(evidence.reason === null ? [] : [`      ${plain(evidence.reason)}`]),
    ...failedTests.map((name) => `      failed: ${plain(name)}`),
  ];
}

function countWords({ counts }: TestEvidence): readonly string[] {
  if (counts === null) return [];
  const { passed, failed, errored, skipped } = counts;
  return [
    `${formatCounted(passed, 'test')} passed`,
    failed > 0 ? `${formatCount(failed)} failed` : '',
    errored > 0 ? `${formatCount(errored)} errored` : '',
    skipped > 0 ? `${formatCount(skipped)} skipped` : '',
  ];
}

/** Rounded down like a gate does: 79.96 % of lines is not 80 %. */
function coverageWords({ lineCoveragePercent: percent }: TestEvidence): string {
  return percent === null
    ? ''
    : `${formatDecimal(Math.floor(percent * 10 + 1e-9) / 10, 1)} % of lines`;
}
