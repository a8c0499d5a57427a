import type { PreviousVerification } from '../../domain/checks/judge-checks';
import { readVerificationFile } from '../../domain/checks/verification-file';
import type { ServiceRef } from '../../domain/deployment';
import { readRevisionRecord, revisionRecordName } from '../../domain/history/revision-record';
import type { ArtifactStore } from '../../ports/artifact-store';
import type { EnvironmentRecord } from '../../ports/environment-record';
import { attachedIfReadable, recallReport } from './stored-report';

/** What was verified of the revision that serves this environment now; null where none does or its record is gone. */
export async function previousVerification(
  {
    records,
    artifacts,
  }: { readonly records: EnvironmentRecord; readonly artifacts: ArtifactStore },
  ref: ServiceRef,
): Promise<PreviousVerification | null> {
  const { stable } = await records.read(ref);
  if (stable === null) return null;
  const { digest, artifact } = stable.revision;
  const record = readRevisionRecord(
    await attachedIfReadable(artifacts, artifact, revisionRecordName(digest)),
  );
  const kept = await recallReport(artifacts, artifact, record?.verification?.report ?? null);
  const file = readVerificationFile(kept);
  if (file === null) return null;
  const { measurements, findings } = file.verification;
  return { measurements, fingerprints: findings.map(({ fingerprint }) => fingerprint) };
}
