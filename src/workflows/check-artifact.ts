import type { StoreResult } from '../activities/checks/store-artifact';
import type { ScanSummary, VerificationSummary } from '../domain/checks/check-summary';
import type { BuildEvidence } from '../domain/checks/test-evidence';
import type { Digest } from '../domain/revision';
import { runScans, runValidation, type CheckRun, type Validated } from './run-checks';

/** What is told as it goes along. */
export interface CheckListener {
  readonly onCheck: CheckRun['onCheck'];
  readonly onValidated: (validated: Validated) => void;
  readonly onScanned: (scans: readonly ScanSummary[]) => void;
}

/** Inventory, validators, tests, scanners, verdict: the same for a deployment and for a plan. */
export async function checkArtifact(
  { activities, request }: Pick<CheckRun, 'activities' | 'request'>,
  { stored, revision }: StoreResult,
  { build, listener }: { readonly build: BuildEvidence | null; readonly listener: CheckListener },
): Promise<VerificationSummary> {
  const artifact: Digest = revision.artifact;
  const { deploymentId, checks: policy, facts, gates, service, environment } = request;
  await activities.checks.openChecks.executeWithOptions({ summary: 'List what is there' }, [
    { deploymentId, artifact, policy, facts, gates },
  ]);
  const run: CheckRun = { activities, request, artifact, onCheck: listener.onCheck };
  const validated = await runValidation(run);
  listener.onValidated(validated);
  const scans = await runScans(run);
  listener.onScanned(scans);
  return activities.checks.judgeChecks.executeWithOptions({ summary: 'Evaluate the gates' }, [
    {
      deploymentId,
      artifact,
      ref: { service, environment },
      commit: request.artifact.commit,
      artifactBytes: stored.bytes,
      ...validated,
      scans,
      build,
    },
  ]);
}
