import { BelayError } from '../domain/errors';
import type { ServiceRef } from '../domain/deployment';
import {
  rollbackCandidates,
  type CandidateSources,
  type RollbackCandidate,
} from '../domain/history/rollback-candidates';
import { readRevisionRecord, revisionRecordName } from '../domain/history/revision-record';
import type { LedgerRecord } from '../domain/ledger-record';
import type { Digest } from '../domain/revision';
import type { RevisionContent } from '../domain/rollback/diff-revisions';
import type { ServiceRecord } from '../domain/service-record';
import type { ArtifactStore } from '../ports/artifact-store';
import type { CliContext } from './context';

export interface Candidates {
  readonly ref: ServiceRef;
  readonly service: ServiceRecord;
  readonly candidates: readonly RollbackCandidate[];
}

/** Deployments that are looked through; older ones are listed by `belay history` only. */
const MOST_RECORDS = 500;

/** What can be brought back, from this host's own records: ledger, store, environment, router. */
export async function readCandidates(ref: ServiceRef, context: CliContext): Promise<Candidates> {
  const { ledger, records: environment, artifacts } = context.adapters();
  const [records, service, routedTo] = await Promise.all([
    ledger.list({ ...ref, limit: MOST_RECORDS }),
    environment.read(ref),
    readRouting(ref, context),
  ]);
  const stored = await readStored(revisionsOf(records, service), artifacts);
  return { ref, service, candidates: rollbackCandidates({ records, service, routedTo, stored }) };
}

/** Null where the platform does not answer: what can be brought back does not depend on it. */
async function readRouting(
  ref: ServiceRef,
  { adapters, interrupted }: CliContext,
): Promise<CandidateSources['routedTo']> {
  try {
    const { commanded } = await adapters().target.router.observe(ref, interrupted);
    return new Set(Object.keys(commanded).filter((revision) => (commanded[revision] ?? 0) > 0));
  } catch (error) {
    if (error instanceof BelayError) return null;
    throw error;
  }
}

function revisionsOf(
  records: readonly LedgerRecord[],
  { stable }: ServiceRecord,
): ReadonlySet<Digest> {
  const brought = records.map(({ closing }) =>
    closing?.outcome === 'succeeded' ? closing.candidate : null,
  );
  const revisions = [...brought, stable?.revision.digest ?? null];
  return new Set(revisions.filter((revision) => revision !== null));
}

async function readStored(
  revisions: ReadonlySet<Digest>,
  store: ArtifactStore,
): Promise<CandidateSources['stored']> {
  const found = new Map<Digest, RevisionContent | 'damaged'>();
  for (const revision of revisions) {
    const content = await readContent(revision, store);
    if (content !== null) found.set(revision, content);
  }
  return found;
}

/** Null: pruned. */
async function readContent(
  revision: Digest,
  store: ArtifactStore,
): Promise<RevisionContent | 'damaged' | null> {
  const name = revisionRecordName(revision);
  const [artifact] = await store.artifactsWith(name);
  if (artifact === undefined) return null;
  try {
    const record = readRevisionRecord(await store.attached(artifact, name));
    const manifest = await store.manifest(artifact);
    return record === null ? 'damaged' : { revision: record.revision, manifest };
  } catch (error) {
    if (error instanceof BelayError && isOfTheStore(error)) return 'damaged';
    throw error;
  }
}

function isOfTheStore({ code }: BelayError): boolean {
  return code === 'ARTIFACT_CHANGED' || code === 'ARTIFACT_MISSING';
}
