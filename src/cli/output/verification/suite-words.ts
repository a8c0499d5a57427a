import type { TestEvidence } from '../../../domain/checks/test-evidence';
import { formatCount, formatCounted } from '../../../domain/format/count';
import { formatDecimal } from '../../../domain/format/decimal';
import { formatDuration } from '../../../domain/format/duration';

/** `118 tests passed`, `1 failed`, `79.9 % of lines`, `in 12 s`. */
export function suiteWords(evidence: TestEvidence): readonly string[] {
  const { source, durationMs, lineCoveragePercent } = evidence;
  return [
    ...countWords(evidence),
    lineCoveragePercent === null ? '' : coverageWords(lineCoveragePercent),
    source === 'ingested' ? 'as CI reported' : `in ${formatDuration(durationMs)}`,
  ].filter((word) => word !== '');
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
function coverageWords(percent: number): string {
  return `${formatDecimal(Math.floor(percent * 10 + 1e-9) / 10, 1)} % of lines`;
}
