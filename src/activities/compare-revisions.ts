import { BelayError } from '../domain/errors';
import type { Digest, Revision } from '../domain/revision';
import { diffRevisions } from '../domain/rollback/diff-revisions';
import type { RevisionDifference } from '../domain/rollback/rollback-analysis';
import type { ArtifactManifest, ArtifactStore } from '../ports/artifact-store';
import { asActivity } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface ComparisonInput {
  readonly from: Revision;
  readonly to: Revision;
}

export interface ComparisonActivities {
  /** What `to` changed, seen from `from`; null where the manifest of one of them is not to be had any more. */
  compareRevisions(input: ComparisonInput): Promise<RevisionDifference | null>;
}

export function createComparisonActivities(deps: ActivityDependencies): ComparisonActivities {
  return {
    compareRevisions: asActivity(async ({ from, to }) => {
      const before = await manifestOf(deps.artifacts, from.artifact);
      const after = await manifestOf(deps.artifacts, to.artifact);
      if (before === null || after === null) return null;
      return diffRevisions({ revision: from, manifest: before }, { revision: to, manifest: after });
    }),
  };
}

async function manifestOf(
  store: ArtifactStore,
  artifact: Digest,
): Promise<ArtifactManifest | null> {
  try {
    return await store.manifest(artifact);
  } catch (error) {
    const isGone =
      error instanceof BelayError && ['ARTIFACT_MISSING', 'ARTIFACT_CHANGED'].includes(error.code);
    if (isGone) return null;
    throw error;
  }
}
