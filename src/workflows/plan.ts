import { SCANNERS, VALIDATORS } from '../domain/checks/catalog';
import type { DeploymentRequest } from '../domain/deployment';
import { proxiesFor } from './activity-proxies';
import { sentenceOf } from './departure';
import type { PlanAnswer } from './messages';

/** The same checks and the same plan as `deploy`, and no effect: what would happen. */
export async function plan(request: DeploymentRequest): Promise<PlanAnswer> {
  const activities = proxiesFor(request.environment);
  try {
    const { stored, revision } = await activities.checks.storeArtifact({
      artifact: request.artifact,
      run: request.run,
    });
    const reports = await Promise.all(
      [...VALIDATORS, ...SCANNERS].map((check) =>
        activities.checks.runCheck({ check, artifact: revision.artifact }),
      ),
    );
    const gates = await activities.reads.judgeGates({
      gates: request.gates,
      reports,
      artifactBytes: stored.bytes,
    });
    const result = await activities.reads.assembleRollout({ request, revision });
    if (result.kind === 'refused') return { kind: 'blocked', reasons: result.reasons };
    if (!gates.passed) return { kind: 'blocked', reasons: gates.blockers };
    const checks = gates.results.map(({ sentence }) => sentence);
    return { kind: 'planned', planned: result.planned, checks };
  } catch (error) {
    return { kind: 'blocked', reasons: [sentenceOf(error)] };
  }
}
