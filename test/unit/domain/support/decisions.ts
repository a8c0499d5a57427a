import type { Decision } from '../../../../src/domain/approval/decision';
import type { ApprovalPolicy } from '../../../../src/domain/approval/policy';
import type { DecisionSituation } from '../../../../src/domain/approval/rule-on-decision';

export const DEPLOYMENT = 'shop-production-01JZ0000000000000000000000';
export const PLAN = `sha256:${'1'.repeat(64)}`;
export const OTHER_PLAN = `sha256:${'2'.repeat(64)}`;
export const NOW_MS = 1_750_000_000_000;

export const TWO_OF_THREE: ApprovalPolicy = {
  approvers: ['ann', 'ben', 'cleo'],
  quorum: 2,
  deadlineMs: 3_600_000,
  onDeadline: 'reject',
};

export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    v: 1,
    id: 'd-1',
    deploymentId: DEPLOYMENT,
    planDigest: PLAN,
    kind: 'approve',
    actor: 'ann',
    reason: null,
    issuedAt: NOW_MS - 1_000,
    expiresAt: NOW_MS + 60_000,
    ...changes,
  };
}

export function situation(changes: Partial<DecisionSituation> = {}): DecisionSituation {
  return {
    deploymentId: DEPLOYMENT,
    nowMs: NOW_MS,
    phase: 'authorize',
    activity: 'working',
    hadUserTraffic: true,
    isStableReduced: false,
    inheritsWindow: false,
    share: 20,
    plannedShares: [5, 20, 50, 100],
    planDigest: PLAN,
    policy: TWO_OF_THREE,
    votes: [],
    seenIds: [],
    ...changes,
  };
}
