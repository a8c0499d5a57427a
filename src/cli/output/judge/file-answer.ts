import type { Evidence } from '../../../domain/analysis/verdict';
import { describeEvidence } from '../../../domain/analysis/evidence-sentence';
import type { FileVerdict } from '../../../domain/analysis-file/judge-analysis-file';
import { mark, paint, plain, wrap, type Style } from '../style';
import type { Answer } from '../terminal';
import { verdictMark } from './verdict-mark';

export interface FileAnswer {
  readonly verdict: FileVerdict;
  readonly windowCount: number;
}

/** What follows from a recording: docs/judge.md has the fields. */
export function fileAnswer({ verdict, windowCount }: FileAnswer, style: Style): Answer {
  const { verdict: kind, window, rule, sentence, evidence } = verdict;
  const where = window === null ? 'no window' : `window ${window} of ${windowCount}`;
  const lines = [
    `${mark(verdictMark(kind), style)} ${paint(kind.toUpperCase(), 'bold', style)}   ${rule}   ${where}`,
    ` ${plain(sentence)}`,
    ...evidence.map((one) => ` ${evidenceLine(one)}`),
  ];
  return {
    json: { schemaVersion: 1, mode: 'threshold', verdict: kind, window, rule, sentence, evidence },
    text: lines.flatMap((line) => wrap(line, style.columns, 4)),
  };
}

/** `automatic/error_rate  clear  3 of 1 204 requests failed (0.2 %, limit 2 %) in the last 60 s`. */
export function evidenceLine(evidence: Evidence): string {
  return plain(`${evidence.criterion}  ${evidence.state}  ${describeEvidence(evidence)}`);
}
