import type { Phase } from '../phase';
import type { Decision, DecisionRecord, Verification } from './decision';
import { OVERTAKING } from './decision';
import { DECISION_TABLE } from './decision-table';
import type { Act, DecisionRule } from './decision-table';
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
  const standing = standingOf(situation.phase, situation.activity);
  const rule = DECISION_TABLE[decision.kind][standing];
  return rule.act === 'approve-vote' ? vote(situation, decision, rule) : say(decision, rule);
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
    ? { effect: 'applied', act: rule.act, sentence: `approve: approved, ${so}; the rollout begins` }
    : { effect: 'counted', act: rule.act, sentence: `approve: ${so} approvals` };
}

function refuse(decision: Decision, reason: string): Ruling {
  return { effect: 'refused', act: null, sentence: `${decision.kind}: ${reason}` };
}

function say(decision: Decision, { effect, act, sentence }: DecisionRule): Ruling {
  return { effect, act, sentence: `${decision.kind}: ${sentence}` };
}
