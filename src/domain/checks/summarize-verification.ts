import type { StoredReport, VerificationSummary } from './check-summary';
import type { Verification } from './verification';

const MOST = { worst: 20, reasons: 20, recommendations: 5, notices: 10, fingerprints: 5 } as const;
const LONGEST_SENTENCE = 300;

/** What may go into a history: bounded in number and length; the whole of it is named by `report`. */
export function summarizeVerification(
  verification: Verification,
  report: StoredReport,
): VerificationSummary {
  const { passed, score, counts, measurements } = verification;
  return {
    passed,
    score,
    counts,
    measurements,
    report,
    gates: verification.gates.map((gate) => ({ ...gate, sentence: shortened(gate.sentence) })),
    blockers: verification.blockers.map((blocker) => ({
      ...blocker,
      sentence: shortened(blocker.sentence),
      fingerprints: blocker.fingerprints.slice(0, MOST.fingerprints),
    })),
    reasons: bounded(verification.reasons, MOST.reasons),
    worst: verification.findings
      .filter(({ state }) => state === 'active')
      .slice(0, MOST.worst)
      .map((finding) => ({ ...finding, title: shortened(finding.title) })),
    recommendations: verification.recommendations
      .slice(0, MOST.recommendations)
      .map(({ fingerprints, sentence, ...rest }) => ({
        ...rest,
        sentence: shortened(sentence),
        fingerprints: fingerprints.slice(0, MOST.fingerprints),
      })),
    notices: bounded(verification.notices, MOST.notices),
  };
}

/** What is left out is said. */
function bounded(sentences: readonly string[], most: number): readonly string[] {
  const kept = sentences.slice(0, most).map(shortened);
  const rest = sentences.length - kept.length;
  return rest === 0 ? kept : [...kept, `and ${rest} more`];
}

function shortened(sentence: string): string {
  return sentence.length <= LONGEST_SENTENCE
    ? sentence
    : `${sentence.slice(0, LONGEST_SENTENCE - 1)}…`;
}
