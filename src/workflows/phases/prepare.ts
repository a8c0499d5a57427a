import type { ReadinessReport } from '../../domain/readiness';
import { raiseAlert } from '../alert';
import type { Deployment } from '../deployment';

const REPAIRS = 3;

/** Phase 5: what the service depends on answers and the platform is healthy, else three repairs, else blocked. */
export async function prepare(deployment: Deployment): Promise<void> {
  const { activities, progress, ref, request } = deployment;
  progress.enter('prepare');
  const asked = { ref, target: request.target, dependsOn: request.dependsOn };
  let report = await activities.checks.checkReadiness(asked);
  for (let repair = 1; repair <= REPAIRS && !report.ready; repair += 1) {
    const done = await activities.checks.repairEnvironment.executeWithOptions(
      { summary: `Repair ${repair} of ${REPAIRS}` },
      [asked],
    );
    await raiseAlert(
      deployment,
      `Repair ${repair} of ${REPAIRS}: ${done.join('; ') || 'nothing to mend from here'}`,
    );
    report = await activities.checks.checkReadiness(asked);
  }
  if (!report.ready) notReady(deployment, report);
  progress.result('ready');
}

function notReady(deployment: Deployment, { issues }: ReadinessReport): never {
  const named = issues.map(({ address, problem }) => `${address} (${problem})`).join(', ');
  deployment.leave({
    outcome: 'blocked',
    cause: `The environment is not ready after ${REPAIRS} repairs: ${named}. No traffic was touched.`,
    by: null,
    hold: false,
  });
}
