import type { VerificationSummary } from '../checks/check-summary';
import { isDigest, type Digest, type Revision } from '../revision';

/** What the store keeps beside an artifact for each revision that was packed from it. */
export interface RevisionRecord {
  readonly schemaVersion: 1;
  readonly revision: Revision;
  /** What the checks said; null in records from before they were kept. */
  readonly verification: VerificationSummary | null;
  /** Whose checks these were. */
  readonly deploymentId: string;
  /** ISO 8601. */
  readonly packagedAt: string;
}

/** The plain file name under which a revision's record is kept. */
export function revisionRecordName(revision: Digest): string {
  return `revision-${revision.replace(/^sha256:/, '')}.json`;
}

/** Null where the document is no record of a revision. */
export function readRevisionRecord(document: unknown): RevisionRecord | null {
  const record = document as Partial<RevisionRecord> | null;
  if (typeof record !== 'object' || record?.schemaVersion !== 1) return null;
  return isRevision(record.revision)
    ? ({ ...record, verification: record.verification ?? null } as RevisionRecord)
    : null;
}

/**
 * Whether nothing has to be looked at again before the same bytes run in the same way. A record of before verdicts were
 * kept was only written because every check had passed: an old record never blocks a rollback.
 */
export function hasPassed({ verification }: RevisionRecord): boolean {
  return verification === null || verification.passed;
}

function isRevision(value: unknown): value is Revision {
  const revision = value as Partial<Revision> | null | undefined;
  return (
    typeof revision === 'object' &&
    typeof revision?.digest === 'string' &&
    isDigest(revision.digest) &&
    typeof revision.artifact === 'string' &&
    isDigest(revision.artifact) &&
    Array.isArray(revision.command) &&
    typeof revision.env === 'object' &&
    Array.isArray(revision.secrets) &&
    typeof revision.health === 'object'
  );
}
