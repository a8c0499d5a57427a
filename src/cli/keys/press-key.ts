import type { PersonsKind } from '../../domain/approval/decision';
import type { DeploymentStatus } from '../../domain/status';

export interface KeyState {
  /** The rollback waits for its `y`. */
  readonly isAsking: boolean;
  readonly isHelping: boolean;
}

export const NO_KEYS_YET: KeyState = { isAsking: false, isHelping: false };

/** What a key asks for; null: nothing. */
export type Wish =
  { readonly kind: 'decide'; readonly decision: KeyDecision } | { readonly kind: 'detach' };

export type KeyDecision = Extract<
  PersonsKind,
  'approve' | 'pause' | 'resume' | 'promote' | 'rollback'
>;

export interface Pressed {
  readonly state: KeyState;
  readonly wish: Wish | null;
  /** What to tell whoever pressed it; null: nothing. */
  readonly says: string | null;
}

/** Pure. `status` is what was on the screen; null where nothing was yet. */
export function pressKey(state: KeyState, key: string, status: DeploymentStatus | null): Pressed {
  if (state.isAsking) return answerRollback({ ...state, isAsking: false }, key);
  switch (key) {
    case 'd':
      return { state, wish: { kind: 'detach' }, says: null };
    case '?':
      return { state: { ...state, isHelping: !state.isHelping }, wish: null, says: null };
    case 'r':
      return isGoing(status)
        ? { state: { ...state, isAsking: true }, wish: null, says: null }
        : { state, wish: null, says: NOTHING_TO_DECIDE };
    default:
      return decided(state, key, status);
  }
}

const NOTHING_TO_DECIDE = 'nothing was sent: nothing is left to decide';

function answerRollback(state: KeyState, key: string): Pressed {
  const isYes = key === 'y' || key === 'Y';
  return isYes
    ? { state, wish: { kind: 'decide', decision: 'rollback' }, says: null }
    : { state, wish: null, says: 'not rolled back: nothing was sent' };
}

function decided(state: KeyState, key: string, status: DeploymentStatus | null): Pressed {
  const decision = decisionOf(key, status);
  if (decision === null) return { state, wish: null, says: null };
  if (!isGoing(status)) return { state, wish: null, says: NOTHING_TO_DECIDE };
  return { state, wish: { kind: 'decide', decision }, says: null };
}

function decisionOf(key: string, status: DeploymentStatus | null): KeyDecision | null {
  switch (key) {
    case 'a':
      return 'approve';
    case 'p':
      return status?.waitingFor === 'resume' ? 'resume' : 'pause';
    case 'P':
      return 'promote';
    default:
      return null;
  }
}

function isGoing(status: DeploymentStatus | null): boolean {
  return status !== null && status.phase !== 'ended' && status.outcome === null;
}
