import type { ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import { chooseCandidate, type CandidateChoice } from '../domain/history/choose-candidate';
import type { RollbackCandidate } from '../domain/history/rollback-candidates';
import { shortDigest, type Revision } from '../domain/revision';
import type { CliContext } from './context';

export interface ChoiceWanted {
  readonly ref: ServiceRef;
  /** A revision's digest or its beginning; left out, the last that served fully. */
  readonly to: string | undefined;
}

/** A choice whose bytes have just been read again: what is not as it was stored is passed over, and said. */
export async function chooseWhole(
  { ref, to }: ChoiceWanted,
  candidates: readonly RollbackCandidate[],
  context: CliContext,
): Promise<CandidateChoice> {
  const choice = chooseCandidate(ref, candidates, to ?? null);
  if (choice.kind !== 'chosen' || (await isWhole(choice.revision, context))) return choice;
  const { revision } = choice.candidate;
  context.terminal.note(
    `revision ${shortDigest(revision)} cannot come back: what the artifact store has of it is not what was stored`,
  );
  const left = candidates.map((one) => (one.revision === revision ? damaged(one) : one));
  return chooseWhole({ ref, to }, left, context);
}

async function isWhole(
  { artifact }: Revision,
  { adapters, interrupted }: CliContext,
): Promise<boolean> {
  try {
    await adapters().artifacts.check(artifact, interrupted);
    return true;
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
    if (error.code !== 'ARTIFACT_CHANGED' && error.code !== 'ARTIFACT_MISSING') throw error;
    return false;
  }
}

function damaged(candidate: RollbackCandidate): RollbackCandidate {
  return { ...candidate, stored: { state: 'damaged' }, difference: null };
}
