import type { StoreResult } from '../activities/checks';
import { SCANNERS, VALIDATORS } from '../domain/checks/catalog';
import type { GateVerdict } from '../domain/checks/gate';
import type { DeploymentRequest } from '../domain/deployment';
import { holdOn } from '../domain/hold';
import { proxiesFor, type ActivityProxies } from './activity-proxies';
import { sentenceOf } from './departure';
import type { PlanAnswer } from './messages';
import { runChecks } from './run-checks';

/** The same checks and the same plan as `deploy`, and no effect: what would happen, or every reason why nothing would. */
export async function plan(request: DeploymentRequest): Promise<PlanAnswer> {
  const activities = proxiesFor(request.environment);
  try {
    const stored = await activities.checks.storeArtifact({
      artifact: request.artifact,
      run: request.run,
    });
    const gates = await judge(activities, request, stored);
    const reasons = [...gates.blockers, ...(await obstacles(activities, request, stored))];
    const result = await activities.reads.assembleRollout({ request, revision: stored.revision });
    if (result.kind === 'refused') reasons.push(...result.reasons);
    if (result.kind === 'refused' || reasons.length > 0) return { kind: 'blocked', reasons };
    const checks = gates.results.map(({ sentence }) => sentence);
    return { kind: 'planned', planned: result.planned, checks };
  } catch (error) {
    return { kind: 'blocked', reasons: [sentenceOf(error)] };
  }
}

async function judge(
  activities: ActivityProxies,
  { gates }: DeploymentRequest,
  { stored, revision }: StoreResult,
): Promise<GateVerdict> {
  const reports = await runChecks(activities, [...VALIDATORS, ...SCANNERS], revision.artifact);
  return activities.reads.judgeGates({ gates, reports, artifactBytes: stored.bytes });
}

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
