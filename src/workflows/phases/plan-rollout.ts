import type { Revision } from '../../domain/revision';
import { PLAN_VERSION, type PlannedRollout } from '../../domain/rollout/plan';
import type { Deployment } from '../deployment';

/** Phase 6: the plan is data, made in an activity; this code only runs it. */
export async function planRollout(
  deployment: Deployment,
  revision: Revision,
): Promise<PlannedRollout> {
  const { activities, progress, request } = deployment;
  progress.enter('plan');
  const result = await activities.reads.assembleRollout.executeWithOptions(
    { summary: 'Plan the rollout' },
    [{ request, revision }],
  );
  if (result.kind === 'refused') {
    const cause = `No plan can be made: ${result.reasons.join('; ')}. No traffic was touched.`;
    return deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
  }
  const { planned } = result;
  refuseUnknownVersion(deployment, planned);
  deployment.planned = planned;
  deployment.candidate = revision;
  progress.planned(planned);
  progress.result(
    `${planned.plan.strategy}, ${planned.plan.steps.length} steps, ${planned.digest.slice(0, 19)}`,
  );
  return planned;
}

function refuseUnknownVersion(deployment: Deployment, { plan }: PlannedRollout): void {
  const version: number = plan.planVersion;
  if (version === PLAN_VERSION) return;
  const cause = `The plan has version ${version}; this worker runs version ${PLAN_VERSION}. Update the worker.`;
  deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
}
