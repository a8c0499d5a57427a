import { condition } from '@temporalio/workflow';
import { countVotes, type VoteCount } from '../../domain/approval/votes';
import { serviceName } from '../../domain/deployment';
import { shortDigest } from '../../domain/revision';
import type { PlannedRollout } from '../../domain/rollout/plan';
import type { Deployment } from '../deployment';
import { tell } from '../tell';

/** Phase 7: a person says yes to exactly this plan. Absence of a person is never approval. */
export async function authorize(deployment: Deployment, planned: PlannedRollout): Promise<void> {
  const { progress, request, votes } = deployment;
  progress.enter('authorize');
  if (request.approval === null) {
    progress.result('no approval asked for');
    return;
  }
  if (await comesBack(deployment, planned)) {
    progress.result('no approval: it has served here before');
    return;
  }
  const name = serviceName(deployment.ref);
  const policy = request.approval;
  const { deadlineMs } = policy;
  const counted = (): VoteCount => countVotes(policy, planned.digest, votes);
  progress.waits('approval', { untilMs: Date.now() + deadlineMs, ifNothing: 'rejected' });
  void tell(deployment, {
    kind: 'waiting',
    severity: 'medium',
    sentence: `Plan ${planned.digest.slice(7, 19)} waits for approval. No traffic is touched before it; without one it is rejected.`,
    next: `belay approve ${name}; belay reject ${name}`,
  });
  const isApproved = await condition(() => counted().reached, deadlineMs);
  progress.waitsNoMore();
  if (!isApproved) {
    const cause = `Nobody approved plan ${planned.digest.slice(7, 19)} in time. No traffic was touched.`;
    deployment.leave({ outcome: 'rejected', cause, by: null, hold: false });
  }
  progress.result(`approved by ${counted().approvers.join(', ')}`);
  await refuseAnotherStable(deployment, planned);
}

/** An undo waits for nobody; that it is one is read from the ledger, not taken from the request. */
async function comesBack(
  { activities, ref, request }: Deployment,
  { plan }: PlannedRollout,
): Promise<boolean> {
  if (request.restores === null) return false;
  return activities.reads.hasServed({ ref, revision: plan.candidate.digest });
}

/** The approval was for a move from one revision to another: with another one serving it means nothing. */
async function refuseAnotherStable(
  deployment: Deployment,
  { plan }: PlannedRollout,
): Promise<void> {
  const { record } = await deployment.activities.reads.describeTarget(deployment.ref);
  const serving = record.stable?.revision.digest ?? null;
  if (serving === plan.stable) return;
  const name = serving === null ? 'nothing' : shortDigest(serving);
  const cause = `${name} serves now, which the approved plan did not know: the approval is void. Deploy again.`;
  deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
}
