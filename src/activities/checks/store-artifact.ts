import type { ArtifactSource, RunSpec } from '../../domain/deployment';
import type { Digest, Revision } from '../../domain/revision';
import type { ArtifactStore, StoredArtifact } from '../../ports/artifact-store';
import { recallRevision } from '../recall-revision';
import { revisionDigest } from '../revision-digest';

export interface StoreInput {
  readonly artifact: ArtifactSource;
  readonly run: RunSpec;
}

export interface StoreResult {
  readonly stored: StoredArtifact;
  readonly revision: Revision;
  /** The store says of this revision that every check was complete and every gate passed; never for new files. */
  readonly verified: boolean;
}

/** Copies the artifact into the store (the same bytes are kept once), or recalls a revision that was stored before. */
export async function storeArtifact(
  store: ArtifactStore,
  { artifact, run }: StoreInput,
  signal: AbortSignal,
): Promise<StoreResult> {
  switch (artifact.kind) {
    case 'files': {
      const stored = await store.put(artifact, signal);
      const revision = revisionOf(stored.digest, run, artifact.commit);
      return { stored, revision, verified: false };
    }
    case 'revision':
      return await recallRevision(store, artifact, signal);
  }
}

export function revisionOf(artifact: Digest, run: RunSpec, commit: string | null): Revision {
  const content = {
    artifact,
    command: run.command,
    env: run.env,
    secrets: run.secrets,
    health: run.health,
    stopGraceMs: run.stopGraceMs,
  };
  return { digest: revisionDigest(content), ...content, commit };
}
