import type { Outcome } from './outcome';

/** The phases of one deployment, in order. `rollback` is entered from any phase after the first effect. */
export const PHASES = [
  'store',
  'validate',
  'scan',
  'gate',
  'package',
  'prepare',
  'plan',
  'authorize',
  'rollout',
  'verify',
  'warm',
  'finish',
] as const;

export type ForwardPhase = (typeof PHASES)[number];
export type Phase = ForwardPhase | 'rollback' | 'ended';

/** From `rollout` on the target has been touched: leaving early means compensation. */
export const FIRST_PHASE_WITH_EFFECTS: ForwardPhase = 'rollout';

export function hasEffects(phase: Phase): boolean {
  if (phase === 'rollback') return true;
  if (phase === 'ended') return false;
  return PHASES.indexOf(phase) >= PHASES.indexOf(FIRST_PHASE_WITH_EFFECTS);
}

/** The deployment serves everybody and was verified: what CI waits for. */
export function isLive(phase: Phase): boolean {
  return phase === 'warm' || phase === 'finish';
}

/**
 * The phases that may follow. A deployment may end early (blocked, rejected, cancelled, already serving) before it has
 * effects; one that inherited a fleet which stands by may go back to it from everywhere.
 */
export function nextPhases(phase: Phase): readonly Phase[] {
  if (phase === 'ended') return [];
  if (phase === 'rollback') return ['ended'];
  const following = PHASES[PHASES.indexOf(phase) + 1];
  const forward: Phase[] = following === undefined ? ['ended'] : [following];
  return hasEffects(phase) ? [...forward, 'rollback'] : [...forward, 'ended', 'rollback'];
}

export function isLegalTransition(from: Phase, to: Phase): boolean {
  return nextPhases(from).includes(to);
}

/** The outcomes that a deployment may end with when it leaves from this phase. */
export function possibleOutcomes(phase: Phase): readonly Outcome[] {
  if (phase === 'rollback')
    return ['rolled-back', 'cancelled', 'superseded', 'rollback-incomplete'];
  if (hasEffects(phase)) return ['succeeded'];
  return ['succeeded', 'blocked', 'rejected', 'cancelled', 'superseded'];
}
