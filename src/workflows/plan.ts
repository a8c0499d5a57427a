import type { StoreResult } from '../activities/checks/store-artifact';
import type { DeploymentRequest } from '../domain/deployment';
import { holdOn } from '../domain/hold';
import { proxiesFor, type ActivityProxies } from './activity-proxies';
import { sentenceOf } from './departure';
import { checkArtifact, type CheckListener } from './check-artifact';
import type { PlanAnswer } from './messages';

/** The same checks and the same plan as `deploy`, and no effect: what would happen, or every reason why nothing would. */
export async function plan(request: DeploymentRequest): Promise<PlanAnswer> {
  const activities = proxiesFor(request.environment);
  try {
    const stored = await activities.checks.storeArtifact({
      artifact: request.artifact,
      run: request.run,
    });
    const verification = await checkArtifact({ activities, request: unbuilt(request) }, stored, {
      build: null,
      listener: SILENT,
    });
    const blocked = verification.passed ? [] : verification.reasons;
    const reasons = [...blocked, ...(await obstacles(activities, request, stored))];
    const result = await activities.reads.assembleRollout({ request, revision: stored.revision });
    if (result.kind === 'refused') reasons.push(...result.reasons);
    if (result.kind === 'refused' || reasons.length > 0) return { kind: 'blocked', reasons };
    const checks = verification.gates.map(({ sentence }) => sentence);
    return { kind: 'planned', planned: result.planned, checks };
  } catch (error) {
    return { kind: 'blocked', reasons: [sentenceOf(error)] };
  }
}

/** A plan builds nothing, so that there is no time of a build to judge. */
function unbuilt(request: DeploymentRequest): DeploymentRequest {
  return { ...request, gates: request.gates.filter(({ metric }) => metric !== 'build_time') };
}

const SILENT: CheckListener = {
  onCheck: () => undefined,
  onValidated: () => undefined,
  onScanned: () => undefined,
};

/** What the environment lacks (a deployment would try to mend that, a plan only names it), else a hold. */
async function obstacles(
  activities: ActivityProxies,
  request: DeploymentRequest,
  { revision }: StoreResult,
): Promise<readonly string[]> {
  const { service, environment, target, dependsOn } = request;
  const ref = { service, environment };
  const { issues } = await activities.checks.checkReadiness({ ref, target, dependsOn });
  const missing = issues.map(({ address, problem }) => `${address} does not answer (${problem})`);
  const { record } = await activities.reads.describeTarget(ref);
  const hold = holdOn(ref, record, revision.digest);
  return hold === null ? missing : [...missing, hold];
}
