import { setHandler } from '@temporalio/workflow';
import type { DeploymentRequest } from '../domain/deployment';
import { Deployment } from './deployment';
import { statusQuery, type DeploymentOutcome } from './messages';
import { authorize } from './phases/authorize';
import { finish } from './phases/finish';
import { keepWarm } from './phases/keep-warm';
import { planRollout } from './phases/plan-rollout';
import { prepare } from './phases/prepare';
import { rollOut } from './phases/roll-out';
import { validateInProduction } from './phases/validate-in-production';
import { verify } from './phases/verify';
import { servesAlready } from './serves-already';
import { settle } from './settle';

/** One revision into one environment. Its id, `deploy/{service}/{environment}`, is the lock. */
export async function deploy(request: DeploymentRequest): Promise<DeploymentOutcome> {
  const deployment = new Deployment(request);
  setHandler(statusQuery, () => deployment.progress.snapshot());
  return settle(deployment, async () => {
    const verified = await verify(deployment); // phases 0 to 4
    if (verified.kind === 'serving') return verified.sentence;
    await prepare(deployment);
    const serving = await servesAlready(deployment, verified.revision, 'for certain');
    if (serving !== null) return serving;
    const planned = await planRollout(deployment, verified.revision);
    await authorize(deployment, planned);
    await rollOut(deployment, planned);
    await validateInProduction(deployment, planned); // from here on: live
    await keepWarm(deployment, planned);
    return finish(deployment, planned);
  });
}
