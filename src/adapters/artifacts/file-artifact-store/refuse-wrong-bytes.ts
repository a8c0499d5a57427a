import { BelayError } from '../../../domain/errors';
import { shortDigest, type Digest } from '../../../domain/revision';
import type { ArtifactManifest } from '../../../ports/artifact-store';
import { compareEntry } from '../../compare-entry';

export interface StoredCopy {
  readonly root: string;
  readonly manifest: ArtifactManifest;
  readonly signal: AbortSignal;
}

/** @throws BelayError `ARTIFACT_CHANGED` naming the first entry that is not as it was stored */
export async function refuseWrongBytes(
  artifact: Digest,
  { root, manifest, signal }: StoredCopy,
): Promise<void> {
  for (const entry of manifest.entries) {
    signal.throwIfAborted();
    const difference = await compareEntry(root, entry);
    if (difference !== null) throw wrong(artifact, entry.path, difference.title);
  }
}

function wrong(artifact: Digest, path: string, what: string): BelayError {
  return new BelayError(
    'ARTIFACT_CHANGED',
    `The stored artifact ${shortDigest(artifact)} is not what was stored: ${path} ${what}. Nothing was deployed from it, and traffic stays as it is.`,
    {
      next: 'Bring another revision back (`belay rollback --list` shows them), or deploy this one again from its folder.',
      details: { artifact, path },
    },
  );
}
