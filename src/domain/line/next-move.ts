import { hasEffects, type Phase } from '../phase';
import {
  isSameRequest,
  keyOf,
  type KeyedRequest,
  type LineEntry,
  type LineKind,
} from './line-entry';

/** The deployment that holds the lock, as far as the line has to know it. */
export interface RunningDeployment extends KeyedRequest {
  readonly deploymentId: string;
  readonly runId: string;
  readonly phase: Phase;
  /** What the candidate was told to get, whole percent. */
  readonly trafficPercent: number;
}

/** What the line may ask of the running deployment, on the newcomer's behalf. */
export type LineDecision = 'yield' | 'supersede' | 'rollback';

export type NextMove =
  | { readonly kind: 'wait' }
  /** The running one is what the newcomer asks for. */
  | { readonly kind: 'attach' }
  | { readonly kind: 'ask'; readonly decision: LineDecision }
  | { readonly kind: 'refuse'; readonly sentence: string };

/**
 * What the head of the line does while another deployment holds the lock. The running one rules on what it is asked:
 * `refused` is what it said no to, and only a way back then asks for more.
 */
export function nextMove(
  { kind, request }: Pick<LineEntry, 'kind' | 'request'>,
  running: RunningDeployment,
  refused: readonly LineDecision[],
): NextMove {
  if (isSameRequest(keyOf(request), running)) return { kind: 'attach' };
  switch (standingOf(running)) {
    case 'leaving':
      return WAIT;
    case 'warm':
      return firstNotRefused(kind === 'rollback' ? ['yield', 'rollback'] : ['yield'], refused);
    case 'going-back':
      return kind === 'reject' ? refuse(running) : WAIT;
    case 'unseen':
      return whileUnseen(kind, running, refused);
    case 'seen':
      return whileSeen(kind, running, refused);
  }
}

const WAIT: NextMove = { kind: 'wait' };

/** `leaving`: it ends by itself at once. `unseen`: no user has met its candidate. */
type Standing = 'leaving' | 'warm' | 'going-back' | 'unseen' | 'seen';

function standingOf({ phase, trafficPercent }: RunningDeployment): Standing {
  switch (phase) {
    case 'finish':
    case 'ended':
      return 'leaving';
    case 'warm':
      return 'warm';
    case 'rollback':
      return 'going-back';
    default:
      return hasEffects(phase) && trafficPercent > 0 ? 'seen' : 'unseen';
  }
}

/** A newcomer ends what no user has seen; but only a way back ends a way back. */
function whileUnseen(
  kind: LineKind,
  running: RunningDeployment,
  refused: readonly LineDecision[],
): NextMove {
  switch (kind) {
    case 'reject':
      return refuse(running);
    case 'queue':
      return WAIT;
    case 'supersede':
      return running.isWayBack ? WAIT : { kind: 'ask', decision: 'supersede' };
    case 'rollback':
      return firstNotRefused(['supersede', 'rollback'], refused);
  }
}

/** What users have seen is never cancelled for a newer version, only for a way back. */
function whileSeen(
  kind: LineKind,
  running: RunningDeployment,
  refused: readonly LineDecision[],
): NextMove {
  switch (kind) {
    case 'reject':
      return refuse(running);
    case 'queue':
    case 'supersede':
      return WAIT;
    case 'rollback':
      return firstNotRefused(['rollback'], refused);
  }
}

/** Where everything was refused, the last is asked again: what holds it up may pass. */
function firstNotRefused(
  decisions: readonly [LineDecision, ...LineDecision[]],
  refused: readonly LineDecision[],
): NextMove {
  const open = decisions.find((decision) => !refused.includes(decision));
  return { kind: 'ask', decision: open ?? decisions[decisions.length - 1] ?? decisions[0] };
}

function refuse({ deploymentId, phase }: RunningDeployment): NextMove {
  return { kind: 'refuse', sentence: `${deploymentId} is deploying (phase ${phase}).` };
}
