import type { Phase } from '../phase';
import type { Decision, DecisionRecord, Verification } from './decision';
import { OVERTAKING } from './decision';
import { DECISION_TABLE } from './decision-table';
import type { Act, DecisionRow, DecisionRule } from './decision-table';
import type { ApprovalPolicy } from './policy';
import { standingOf } from './standing';
import type { Activity } from './standing';
import { countVotes, mayApprove } from './votes';

/** Everything about a deployment that a decision is held against. Times in epoch ms. */
export interface DecisionSituation {
  readonly deploymentId: string;
  readonly nowMs: number;
  readonly phase: Phase;
  /** Only looked at in rollout, verify and warm. */
  readonly activity: Activity;
  readonly hadUserTraffic: boolean;
  /** Something of stable has been taken away already. */
  readonly isStableReduced: boolean;
  /** A fleet stands by that an earlier deployment left, and users have not seen this candidate. */
  readonly inheritsWindow: boolean;
  /** The candidate's share now, and every share that the plan will give it; percent. */
  readonly share: number;
  readonly plannedShares: readonly number[];
  /** Null before there is a plan. */
  readonly planDigest: string | null;
  /** Null where no approval is asked for. */
  readonly policy: ApprovalPolicy | null;
  /** The approvals that were counted so far. */
  readonly votes: readonly Decision[];
  /** Ids of the decisions that were taken up before. */
  readonly seenIds: readonly string[];
}

export interface RulingVerification {
  readonly verification: Verification;
  readonly reason: string;
}

export interface Ruling {
  readonly effect: DecisionRecord['effect'];
  readonly act: Act | null;
  /** The planned share that a promotion goes to; null for all other acts. */
  readonly to: number | null;
  /** For history, status and the person who decided. */
  readonly sentence: string;
}

/** What becomes of a decision. Total: every decision in every situation gets an answer. */
export function ruleOnDecision(
  situation: DecisionSituation,
  decision: Decision,
  verification: RulingVerification,
): Ruling {
  const objection =
    wrongEnvelope(situation, decision) ??
    unverified(verification) ??
    wrongPlan(situation, decision) ??
    wrongVoter(situation, decision);
  if (objection !== null) return refuse(decision, objection);
  const rule = DECISION_TABLE[rowOf(situation, decision)][standingOf(situation)];
  switch (rule.act) {
    case 'approve-vote':
      return vote(situation, decision, rule);
    case 'promote-to':
      return promoteTo(situation, decision);
    default:
      return say(decision, rule);
  }
}

function rowOf({ inheritsWindow }: DecisionSituation, { kind, to }: Decision): DecisionRow {
  if (kind === 'promote' && to !== undefined) return 'promote-to';
  return kind === 'rollback' && inheritsWindow ? 'rollback-to-inherited' : kind;
}

function wrongEnvelope(situation: DecisionSituation, decision: Decision): string | null {
  if (decision.deploymentId !== situation.deploymentId) {
    return `it names deployment ${decision.deploymentId}, this is ${situation.deploymentId}`;
  }
  if (situation.seenIds.includes(decision.id)) return 'this decision was taken up before';
  return decision.expiresAt < situation.nowMs ? 'it had expired when it arrived' : null;
}

function unverified({ verification, reason }: RulingVerification): string | null {
  return verification === 'refused' ? `the identity was not accepted (${reason})` : null;
}

/** What only stops or undoes is never held up by a plan that has changed meanwhile. */
function wrongPlan({ planDigest, phase }: DecisionSituation, decision: Decision): string | null {
  if (OVERTAKING.has(decision.kind) || planDigest === null || phase === 'ended') return null;
  if (decision.planDigest === undefined) {
    return decision.kind === 'approve' ? 'an approval names the plan that was looked at' : null;
  }
  if (decision.planDigest === planDigest) return null;
  return `it is about plan ${decision.planDigest}, this deployment has ${planDigest}`;
}

function wrongVoter(situation: DecisionSituation, decision: Decision): string | null {
  const { policy, votes, phase, planDigest } = situation;
  if (decision.kind !== 'approve' || phase !== 'authorize' || policy === null) return null;
  if (!mayApprove(policy, decision.actor)) {
    return `${decision.actor} is not one of the approvers (${policy.approvers.join(', ')})`;
  }
  const hasVoted = countVotes(policy, planDigest ?? '', votes).approvers.includes(decision.actor);
  return hasVoted ? `${decision.actor} has approved this plan already` : null;
}

function vote(situation: DecisionSituation, decision: Decision, rule: DecisionRule): Ruling {
  const { policy, planDigest, votes } = situation;
  if (policy === null || planDigest === null) return refuse(decision, 'no approval is asked for');
  const count = countVotes(policy, planDigest, [...votes, decision]);
  const so = `${count.approvers.length} of ${count.quorum}`;
  return count.reached
    ? {
        effect: 'applied',
        act: rule.act,
        to: null,
        sentence: `approve: approved, ${so}; the rollout begins`,
      }
    : { effect: 'counted', act: rule.act, to: null, sentence: `approve: ${so} approvals` };
}

/** The plan was approved as it is: a promotion goes to one of its weights, never above what was asked. */
function promoteTo({ share, plannedShares }: DecisionSituation, decision: Decision): Ruling {
  const asked = decision.to ?? 100;
  const ahead = plannedShares.filter((planned) => planned > share);
  const to = Math.max(...ahead.filter((planned) => planned <= asked), 0);
  if (to > 0) {
    const sentence = `promote: at once to ${to} %, the watches before it are skipped`;
    return { effect: 'applied', act: 'promote-to', to, sentence };
  }
  const [next] = ahead;
  if (next === undefined)
    return refuse(decision, `it has ${share} % already, the most of its plan`);
  return refuse(
    decision,
    `it has ${share} %, and the next weight of its plan is ${next} %: ask for at least that`,
  );
}

function refuse(decision: Decision, reason: string): Ruling {
  return { effect: 'refused', act: null, to: null, sentence: `${decision.kind}: ${reason}` };
}

function say(decision: Decision, { effect, act, sentence }: DecisionRule): Ruling {
  return { effect, act, to: null, sentence: `${decision.kind}: ${sentence}` };
}
