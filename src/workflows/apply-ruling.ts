import type { Decision } from '../domain/approval/decision';
import type { Act } from '../domain/approval/decision-table';
import type { DecisionSituation, Ruling } from '../domain/approval/rule-on-decision';
import type { Phase } from '../domain/phase';
import type { Deployment } from './deployment';
import type { Departure } from './departure';

/** What a decision is held against right now. */
export function situationOf(deployment: Deployment): DecisionSituation {
  return {
    deploymentId: deployment.request.deploymentId,
    nowMs: Date.now(),
    phase: phaseOf(deployment),
    activity: deployment.activity,
    planDigest: deployment.planned?.digest ?? null,
    policy: deployment.request.approval,
    votes: deployment.votes,
    seenIds: [],
  };
}

/** A decision that took the deployment back counts at once, not only when the way back has begun. */
function phaseOf({ decided, hasEffects, progress }: Deployment): Phase {
  if (decided === null) return progress.snapshot().phase;
  return hasEffects ? 'rollback' : 'ended';
}

/** Does what the ruling says. */
export function applyRuling(deployment: Deployment, decision: Decision, { act }: Ruling): void {
  if (act === null) return;
  const { control, votes } = deployment;
  switch (act) {
    case 'approve-vote':
      votes.push(decision);
      return;
    case 'pause':
      control.pause();
      return;
    case 'resume':
      control.resume();
      return;
    case 'promote':
      control.promote();
      return;
    case 'yield':
      control.yield();
      return;
    case 'reject':
    case 'rollback':
    case 'abort':
      deployment.interrupt(departureBy(deployment, decision, act));
  }
}

function departureBy(
  { hasEffects }: Deployment,
  { actor, reason }: Decision,
  act: Extract<Act, 'reject' | 'rollback' | 'abort'>,
): Departure {
  const cause = `${WORDS[act]} by ${actor}${reason === null ? '' : `: ${reason}`}.`;
  if (act === 'abort') return { outcome: 'cancelled', cause, by: actor, hold: false };
  if (hasEffects) return { outcome: 'rolled-back', cause, by: actor, hold: true };
  const outcome = act === 'reject' ? 'rejected' : 'cancelled';
  return { outcome, cause, by: actor, hold: false };
}

const WORDS = { reject: 'Rejected', rollback: 'Rolled back', abort: 'Aborted' } as const;
