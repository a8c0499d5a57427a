import { serviceName, type ServiceRef } from '../deployment';
import type { ErrorCode } from '../errors';
import { shortDigest, type Revision } from '../revision';
import type { RollbackCandidate } from './rollback-candidates';

export type CandidateChoice =
  | {
      readonly kind: 'chosen';
      readonly candidate: RollbackCandidate;
      readonly revision: Revision;
    }
  /** There is nothing to do. */
  | { readonly kind: 'serving'; readonly candidate: RollbackCandidate }
  | Refusal;

interface Refusal {
  readonly kind: 'refused';
  readonly code: Extract<
    ErrorCode,
    'USAGE' | 'DECISION_REFUSED' | 'ARTIFACT_MISSING' | 'ARTIFACT_CHANGED'
  >;
  readonly sentence: string;
  readonly next: string;
}

const FEWEST_DIGITS = 6;

/** Neither serving nor on hold, and still whole in the store. */
export function canComeBack({ isServing, hold, stored }: RollbackCandidate): boolean {
  return !isServing && hold === null && stored.state === 'kept';
}

/** The last that served fully and is neither serving nor on hold; or the one that `wanted`, a digest or its beginning, names. */
export function chooseCandidate(
  ref: ServiceRef,
  candidates: readonly RollbackCandidate[],
  wanted: string | null,
): CandidateChoice {
  return wanted === null ? byDefault(ref, candidates) : named(ref, candidates, wanted);
}

/** Whether the text is a digest or at least six of its first digits. */
export function isDigestBeginning(text: string): boolean {
  return new RegExp(`^(sha256:)?[0-9a-f]{${FEWEST_DIGITS},64}$`, 'i').test(text);
}

/** Whether a digest begins with what a person typed. */
export function beginsWith(digest: string, wanted: string): boolean {
  return bare(digest).startsWith(bare(wanted));
}

function byDefault(ref: ServiceRef, candidates: readonly RollbackCandidate[]): CandidateChoice {
  const found = candidates.find(canComeBack);
  if (found !== undefined) return chosen(ref, candidates, found);
  return refused(
    'DECISION_REFUSED',
    `There is no earlier revision of ${serviceName(ref)} to bring back: ${whyNone(candidates)}.`,
    `Deploy one from its folder: belay deploy ${ref.environment} --artifact FOLDER`,
  );
}

function named(
  ref: ServiceRef,
  candidates: readonly RollbackCandidate[],
  wanted: string,
): CandidateChoice {
  if (!isDigestBeginning(wanted)) {
    return refused(
      'USAGE',
      `"${wanted}" is no revision: it is at least ${FEWEST_DIGITS} of the first digits of its digest.`,
      LIST_THEM,
    );
  }
  const matching = candidates.filter(({ revision }) => beginsWith(revision, wanted));
  const [found, another] = matching;
  if (found === undefined) {
    return refused(
      'DECISION_REFUSED',
      `No revision ${wanted} has ever served ${serviceName(ref)} fully: ${whatIsLeft(candidates)}.`,
      LIST_THEM,
    );
  }
  if (another === undefined) return chosen(ref, candidates, found);
  return refused(
    'USAGE',
    `${wanted} names several revisions: ${matching.map(({ revision }) => bare(revision).slice(0, 20)).join(', ')}.`,
    'Write more of its digits.',
  );
}

function chosen(
  ref: ServiceRef,
  candidates: readonly RollbackCandidate[],
  candidate: RollbackCandidate,
): CandidateChoice {
  if (candidate.isServing) return { kind: 'serving', candidate };
  const held = heldBecause(ref, candidate);
  if (held !== null) return held;
  const name = shortDigest(candidate.revision);
  switch (candidate.stored.state) {
    case 'kept':
      return { kind: 'chosen', candidate, revision: candidate.stored.revision };
    case 'pruned':
      return refused(
        'ARTIFACT_MISSING',
        `Revision ${name} was pruned from the artifact store: ${whatIsLeft(candidates)}.`,
        LIST_THEM,
      );
    case 'damaged':
      return refused(
        'ARTIFACT_CHANGED',
        `What the artifact store has of revision ${name} is not what was stored: ${whatIsLeft(candidates)}.`,
        LIST_THEM,
      );
  }
}

function heldBecause(ref: ServiceRef, { revision, hold }: RollbackCandidate): Refusal | null {
  if (hold === null) return null;
  const name = shortDigest(revision);
  const since = new Date(hold.atMs).toISOString();
  return refused(
    'DECISION_REFUSED',
    `Revision ${name} is on hold since ${since} (${hold.by}: ${hold.reason}).`,
    `Lift the hold first: belay hold lift ${serviceName(ref)} ${name}`,
  );
}

const LIST_THEM = '`belay rollback --list` shows what can be brought back.';

function whatIsLeft(candidates: readonly RollbackCandidate[]): string {
  const left = candidates.filter(canComeBack);
  if (left.length === 0) return 'nothing is left to bring back';
  return `what is left is ${left.map(({ revision }) => shortDigest(revision)).join(', ')}`;
}

function whyNone(candidates: readonly RollbackCandidate[]): string {
  const others = candidates.filter(({ isServing }) => !isServing);
  if (others.length === 0) return 'no other one has served fully';
  const reasons = others.map(
    ({ revision, hold, stored }) =>
      `${shortDigest(revision)} is ${hold === null ? stored.state : 'on hold'}`,
  );
  return reasons.join(', ');
}

function refused(code: Refusal['code'], sentence: string, next: string): Refusal {
  return {
    kind: 'refused',
    code,
    sentence: `${sentence} Nothing was started; traffic stays as it is.`,
    next,
  };
}

function bare(digest: string): string {
  return digest.toLowerCase().replace(/^sha256:/, '');
}
