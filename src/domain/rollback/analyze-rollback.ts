import type { Severity } from '../analysis/criterion';
import type { Digest } from '../revision';
import type {
  RevisionDifference,
  RollbackAnalysis,
  RollbackTrigger,
  RollbackValidation,
} from './rollback-analysis';

/** Everything that a way back leaves to say. Times in epoch ms. */
export interface RollbackFacts {
  readonly trigger: RollbackTrigger;
  readonly by: string | null;
  readonly severity: Severity | null;
  readonly cause: string;
  /** What the watches said, oldest first. */
  readonly verdicts: readonly { readonly stepId: string; readonly sentence: string }[];
  readonly exposure: { readonly requests: number; readonly errors: number };
  readonly decidedAtMs: number;
  readonly safeAtMs: number | null;
  readonly cleanAtMs: number | null;
  readonly difference: RevisionDifference | null;
  readonly hold: Digest | null;
  readonly validation: RollbackValidation | null;
}

const MOST_EVIDENCE = 6;

/** The short record that closes a way back: why, what users saw of it, how long it took, what to look at. */
export function analyzeRollback(facts: RollbackFacts): RollbackAnalysis {
  const { trigger, by, severity, exposure, difference, hold, validation } = facts;
  return {
    trigger,
    by,
    severity,
    evidence: evidenceOf(facts),
    exposure,
    toSafeMs: sinceDecision(facts, facts.safeAtMs),
    toCleanMs: sinceDecision(facts, facts.cleanAtMs),
    difference,
    hold,
    validation,
  };
}

/** The cause first, then what the latest watches said. */
function evidenceOf({ cause, verdicts }: RollbackFacts): readonly string[] {
  const said = [...verdicts].reverse().map(({ stepId, sentence }) => `${stepId}: ${sentence}`);
  return [cause, ...said].slice(0, MOST_EVIDENCE);
}

function sinceDecision({ decidedAtMs }: RollbackFacts, atMs: number | null): number | null {
  return atMs === null ? null : Math.max(0, atMs - decidedAtMs);
}
