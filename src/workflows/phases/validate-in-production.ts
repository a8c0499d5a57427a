import { serviceName } from '../../domain/deployment';
import { shortDigest } from '../../domain/revision';
import { stepsOf, type PlannedRollout } from '../../domain/rollout/plan';
import { recordStable } from '../book-keeping';
import type { Deployment } from '../deployment';
import { investigate } from '../investigate';
import { runSteps } from '../run-steps';
import { tell } from '../tell';
import { validatePerformance } from '../validate-performance';

/** Phase 9: at 100 %, with everybody's traffic. After it the deployment is live. */
export async function validateInProduction(
  deployment: Deployment,
  { plan }: PlannedRollout,
): Promise<void> {
  deployment.progress.enter('verify');
  const fromMs = Date.now();
  await runSteps(deployment, stepsOf(plan, 'verify'));
  await validatePerformance(deployment, plan, fromMs);
  await investigate(deployment, plan, fromMs);
  await recordStable(deployment);
  void tell(deployment, {
    kind: 'live',
    severity: 'low',
    sentence: `${shortDigest(plan.candidate.digest)} is live: it serves everybody of ${serviceName(deployment.ref)}.`,
    next: null,
  });
}
