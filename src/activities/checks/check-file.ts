import type { DeploymentFacts } from '../../domain/checks/facts';
import type { Gate } from '../../domain/checks/gate';
import type { Inventory } from '../../domain/checks/inventory';
import type { CheckPolicy } from '../../domain/checks/policy';
import { BelayError } from '../../domain/errors';
import type { Digest } from '../../domain/revision';
import type { ArtifactStore } from '../../ports/artifact-store';
import type { CheckSubject } from '../../ports/check-subject';

/** What the checks of one deployment look at, kept beside the artifact, so that no history repeats it for each of them. */
export interface CheckFile {
  readonly schemaVersion: 1;
  readonly inventory: Inventory;
  readonly policy: CheckPolicy;
  readonly facts: DeploymentFacts;
  readonly gates: readonly Gate[];
}

/** Which deployment's checks, over which artifact. */
export interface CheckRef {
  readonly deploymentId: string;
  readonly artifact: Digest;
}

export function checkFileName(deploymentId: string): string {
  return `checks-${deploymentId}.json`;
}

/** @throws BelayError `ARTIFACT_MISSING` where the file is gone: the checks must be opened again */
export async function readCheckFile(
  store: ArtifactStore,
  { deploymentId, artifact }: CheckRef,
): Promise<CheckFile> {
  const file = await store.attached(artifact, checkFileName(deploymentId));
  if (file !== null) return file as CheckFile;
  throw new BelayError(
    'ARTIFACT_MISSING',
    `What the checks of ${deploymentId} were to look at is no longer in the artifact store; nothing was deployed, and traffic stays as it is.`,
    { next: 'Deploy again.', details: { deploymentId, artifact } },
  );
}

export function subjectOf(
  store: ArtifactStore,
  artifact: Digest,
  { inventory, policy, facts }: CheckFile,
): CheckSubject {
  return { root: store.filesPath(artifact), artifact, inventory, policy, facts };
}
