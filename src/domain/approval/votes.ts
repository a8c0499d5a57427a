import type { Decision } from './decision';
import type { ApprovalPolicy } from './policy';

export interface VoteCount {
  /** Whose approvals count, each name once, in the order they came. */
  readonly approvers: readonly string[];
  readonly quorum: number;
  /** How many are still missing. */
  readonly missing: number;
  readonly reached: boolean;
}

/** Counts the approvals of this plan: of allowed names, each once, and bound to exactly this digest. */
export function countVotes(
  policy: ApprovalPolicy,
  planDigest: string,
  decisions: readonly Decision[],
): VoteCount {
  const votes = decisions.filter(
    (decision) =>
      decision.kind === 'approve' &&
      decision.planDigest === planDigest &&
      mayApprove(policy, decision.actor),
  );
  const approvers = [...new Set(votes.map((decision) => decision.actor))];
  // A quorum below one would let a plan through that nobody approved.
  const quorum = Math.max(1, policy.quorum);
  const missing = Math.max(0, quorum - approvers.length);
  return { approvers, quorum, missing, reached: missing === 0 };
}

export function mayApprove(policy: ApprovalPolicy, actor: string): boolean {
  return policy.approvers.length === 0 || policy.approvers.includes(actor);
}
