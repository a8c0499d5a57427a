import { formatDuration } from '../format/duration';
import { formatPercent } from '../format/percent';
import type { ArmWeights } from '../status';
import { GONE, UNOBSERVED, type Verdict } from './verdict';

/** Weights that the router does not give as it was told. Percent. */
export interface Unobserved {
  readonly told: ArmWeights;
  readonly observed: ArmWeights;
  /** For how long no instance of the candidate has answered while stable could serve; null: it is not so. */
  readonly goneForMs: number | null;
}

/** Long enough for a look at a bad moment, too short for users to wait for a person. */
const GONE_AFTER_MS = 5_000;

/**
 * Whatever the windows say, weights that are not observed are never safe; harm and questions stand. A candidate that does not
 * answer at all, where stable does, needs nobody's opinion.
 */
export function unobservedVerdict(verdict: Verdict, unobserved: Unobserved): Verdict {
  const { goneForMs } = unobserved;
  if (verdict.kind === 'harm') return verdict;
  if (goneForMs !== null && goneForMs >= GONE_AFTER_MS) {
    const sentence = `No instance of the candidate has answered for ${formatDuration(goneForMs)}; stable can serve.`;
    return { ...verdict, kind: 'harm', rule: GONE, sentence };
  }
  if (verdict.rule.startsWith('ask:')) return verdict;
  return { ...verdict, kind: 'not-yet', rule: UNOBSERVED, sentence: sentenceOf(unobserved) };
}

function sentenceOf({ told, observed }: Unobserved): string {
  const given = `The candidate was given ${formatPercent(told.candidate)} of the traffic`;
  if (observed.candidate === 0 && observed.stable === 0)
    return `${given}, and nobody gets any: no instance that was given traffic can serve.`;
  return (
    `${given} and gets ${formatPercent(observed.candidate)}: ` +
    `${lackOf(told, observed)}somebody else changed the weights.`
  );
}

/** Who cannot serve loses its share to whoever can. */
function lackOf(told: ArmWeights, observed: ArmWeights): string {
  if (observed.candidate < told.candidate) return 'no instance of the candidate can serve, or ';
  return observed.stable < told.stable ? 'no instance of stable can serve, or ' : '';
}
