import type { Decision } from '../domain/approval/decision';
import type { Act } from '../domain/approval/decision-table';
import type { DecisionSituation, Ruling } from '../domain/approval/rule-on-decision';
import type { Phase } from '../domain/phase';
import type { Deployment } from './deployment';
import type { Departure } from './departure';
import { isWithinInheritedWindow } from './inherited-window';

/** What a decision is held against right now. */
export function situationOf(deployment: Deployment): DecisionSituation {
  return {
    deploymentId: deployment.request.deploymentId,
    nowMs: Date.now(),
    phase: phaseOf(deployment),
    activity: deployment.activity,
    hadUserTraffic: deployment.hadUserTraffic,
    isStableReduced: deployment.compensations.some(({ kind }) => kind === 'restore-fleet'),
    inheritsWindow: isWithinInheritedWindow(deployment),
    share: deployment.progress.snapshot().weights?.candidate ?? 0,
    plannedShares: plannedShares(deployment),
    planDigest: deployment.planned?.digest ?? null,
    policy: deployment.request.approval,
    votes: deployment.votes,
    seenIds: [],
  };
}

/** Every share that the plan gives the candidate, in order. */
function plannedShares({ planned }: Deployment): readonly number[] {
  if (planned === null) return [];
  const { steps, candidate } = planned.plan;
  return steps.flatMap((step) =>
    step.kind === 'shift' ? [step.weights[candidate.digest] ?? 0] : [],
  );
}

/** A decision that took the deployment back counts at once, not only when the way back has begun. */
function phaseOf({ decided, hasEffects, progress }: Deployment): Phase {
  if (decided === null) return progress.snapshot().phase;
  return hasEffects ? 'rollback' : 'ended';
}

/** Does what the ruling says. */
export function applyRuling(deployment: Deployment, decision: Decision, { act, to }: Ruling): void {
  switch (act) {
    case null:
      return;
    case 'reject':
    case 'rollback':
    case 'abort':
    case 'supersede':
      deployment.interrupt(departureBy(deployment, decision, act));
      return;
    case 'approve-vote':
      deployment.votes.push(decision);
      return;
    default:
      steer(deployment, act, to);
  }
}

type Leaving = Extract<Act, 'reject' | 'rollback' | 'abort' | 'supersede'>;
type Steering = Exclude<Act, Leaving | 'approve-vote'>;

function steer({ control }: Deployment, act: Steering, to: number | null): void {
  switch (act) {
    case 'pause':
      return control.pause();
    case 'resume':
      return control.resume();
    case 'promote':
      return control.promote();
    case 'promote-to':
      return control.promoteTo(to ?? 0);
    case 'yield':
      return control.yield();
  }
}

function departureBy(deployment: Deployment, { actor, reason }: Decision, act: Leaving): Departure {
  const cause = `${WORDS[act]} by ${actor}${reason === null ? '' : `: ${reason}`}.`;
  const decided = { cause, by: actor, trigger: 'decision' } as const;
  switch (act) {
    case 'supersede':
      return { ...decided, outcome: 'superseded', hold: false };
    case 'abort':
      return { ...decided, outcome: 'cancelled', hold: false };
    case 'rollback':
      if (isWithinInheritedWindow(deployment))
        return { ...decided, outcome: 'rolled-back', hold: true, toInherited: true };
      return deployment.hasEffects
        ? { ...decided, outcome: 'rolled-back', hold: true }
        : { ...decided, outcome: 'cancelled', hold: false };
    case 'reject':
      return deployment.hasEffects
        ? { ...decided, outcome: 'rolled-back', hold: true }
        : { ...decided, outcome: 'rejected', hold: false };
  }
}

const WORDS = {
  reject: 'Rejected',
  rollback: 'Rolled back',
  abort: 'Aborted',
  supersede: 'Superseded',
} as const;
