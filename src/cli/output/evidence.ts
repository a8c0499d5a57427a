import type { TestCounts } from '../../domain/checks/test-evidence';
import { formatCounted } from '../../domain/format/count';
import { formatDecimal } from '../../domain/format/decimal';
import { shortDigest, type Digest } from '../../domain/revision';
import { plain } from './style';
import type { Answer } from './terminal';

export interface WrittenEvidence {
  readonly subject: { readonly artifact: Digest; readonly commit: string | null };
  readonly reports: readonly WrittenReport[];
}

export interface WrittenReport {
  readonly kind: string;
  readonly suite: string | null;
  readonly path: string;
  readonly measured: { readonly counts?: TestCounts; readonly lineCoveragePercent?: number };
}

/** What the evidence is about, and what each report says. */
export function evidenceAnswer(evidence: WrittenEvidence, out: string): Answer {
  const { artifact, commit } = evidence.subject;
  const about = commit === null ? 'no commit' : `commit ${commit.slice(0, 12)}`;
  return {
    json: { file: out, ...evidence },
    text: [
      `${plain(out)}: evidence about ${shortDigest(artifact)}, ${about}`,
      ...evidence.reports.map(reportLine),
    ],
  };
}

function reportLine({ kind, suite, path, measured }: WrittenReport): string {
  const what = suite === null ? kind : `${kind} (${suite})`;
  return `  ${what.padEnd(20)}  ${plain(path)}${measuredWords(measured)}`;
}

function measuredWords({ counts, lineCoveragePercent }: WrittenReport['measured']): string {
  if (counts !== undefined) return `  ${countWords(counts)}`;
  if (lineCoveragePercent === undefined) return '';
  // Downwards: 79.96 is not 80.
  return `  ${formatDecimal(Math.floor(lineCoveragePercent * 10 + 1e-9) / 10, 1)} % of lines`;
}

function countWords({ passed, failed, errored, skipped }: TestCounts): string {
  const bad = failed + errored;
  return `${formatCounted(passed, 'test')} passed, ${bad} failed, ${skipped} skipped`;
}
