import type { RevisionSource } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import {
  hasPassed,
  readRevisionRecord,
  revisionRecordName,
  type RevisionRecord,
} from '../domain/history/revision-record';
import { shortDigest } from '../domain/revision';
import type { ArtifactStore } from '../ports/artifact-store';
import type { StoreResult } from './checks/store-artifact';
import { revisionDigest } from './revision-digest';

/**
 * The revision exactly as it was packed, from the bytes that were stored.
 * @throws BelayError `ARTIFACT_MISSING` (pruned), `ARTIFACT_CHANGED` (not what was stored): nothing else stops an undo
 */
export async function recallRevision(
  store: ArtifactStore,
  source: RevisionSource,
  signal: AbortSignal,
): Promise<StoreResult> {
  const record = await recorded(store, source);
  const stored = await store.check(source.artifact, signal);
  return { stored, revision: record.revision, verified: hasPassed(record) };
}

async function recorded(store: ArtifactStore, source: RevisionSource): Promise<RevisionRecord> {
  const document = await store.attached(source.artifact, revisionRecordName(source.revision));
  if (document === null) throw pruned(source);
  const record = readRevisionRecord(document);
  if (record === null || !isGenuine(record, source)) throw changed(source);
  return record;
}

/** A record says of itself which revision it is; only its content proves that. */
function isGenuine({ revision }: RevisionRecord, source: RevisionSource): boolean {
  return (
    revision.digest === source.revision &&
    revision.artifact === source.artifact &&
    revisionDigest(revision) === source.revision
  );
}

function pruned({ revision, artifact }: RevisionSource): BelayError {
  return new BelayError(
    'ARTIFACT_MISSING',
    `Revision ${shortDigest(revision)} is no longer in the artifact store. Nothing was deployed; traffic stays as it is.`,
    {
      next: '`belay rollback --list` shows what is left.',
      details: { revision, artifact },
    },
  );
}

function changed({ revision, artifact }: RevisionSource): BelayError {
  return new BelayError(
    'ARTIFACT_CHANGED',
    `The record of revision ${shortDigest(revision)} was changed after it was stored. Nothing was deployed from it; traffic stays as it is.`,
    {
      next: 'Bring another revision back (`belay rollback --list` shows them), or deploy this one again from its folder.',
      details: { revision, artifact },
    },
  );
}
