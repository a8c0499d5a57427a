import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json';
import type { StoredReport } from '../../domain/checks/check-summary';
import { BelayError } from '../../domain/errors';
import type { Digest } from '../../domain/revision';
import type { ArtifactStore } from '../../ports/artifact-store';

/** Keeps a whole report beside the artifact; the workflow carries its name and digest only. */
export async function keepReport(
  store: ArtifactStore,
  artifact: Digest,
  { name, report }: { readonly name: string; readonly report: object },
): Promise<StoredReport> {
  await store.attach(artifact, name, report);
  return { name, sha256: sha256Of(report) };
}

/** Null where it is gone or is not what was kept: then it says nothing any more. */
export async function recallReport(
  store: ArtifactStore,
  artifact: Digest,
  kept: StoredReport | null,
): Promise<unknown> {
  if (kept === null) return null;
  const report = await attachedIfReadable(store, artifact, kept.name);
  return report !== null && sha256Of(report) === kept.sha256 ? report : null;
}

/** Null also for what is no JSON any more: a damaged record of another deployment must not end this one. */
export async function attachedIfReadable(
  store: ArtifactStore,
  artifact: Digest,
  name: string,
): Promise<unknown> {
  try {
    return await store.attached(artifact, name);
  } catch (error) {
    if (error instanceof BelayError && error.code === 'ARTIFACT_CHANGED') return null;
    throw error;
  }
}

export function sha256Of(document: unknown): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex');
}
