import type { ArtifactSource, DeploymentRequest } from '../../../../src/domain/deployment';
import {
  revisionRecordName,
  type RevisionRecord,
} from '../../../../src/domain/history/revision-record';
import type { Digest } from '../../../../src/domain/revision';
import { PLAIN, REF, requestOf } from '../scenario';
import type { SimulatedWorld } from '../simulated-world';
import type { Newcomer } from './line-scenario';

/** What a client asks for; null: it wants to go back, and there is nothing to go back to. */
export async function requestFor(
  newcomer: Newcomer,
  world: SimulatedWorld,
  nowMs: number,
): Promise<DeploymentRequest | null> {
  const { deploymentId, requestKey, strategy, rollbackWindowMs } = newcomer;
  const base = {
    ...requestOf({ ...PLAIN, strategy, rollbackWindowMs }, nowMs),
    deploymentId,
    requestKey,
    initiator: deploymentId.slice(-2),
  };
  if (newcomer.kind !== 'rollback') {
    return { ...base, artifact: { kind: 'files', path: newcomer.artifact, commit: null } };
  }
  const { stable } = await world.records.read(REF);
  const artifact = await earlierRevision(world, stable?.revision.digest ?? '');
  if (stable === null || artifact === null) return null;
  const restores = { replaces: stable.revision.digest, undoes: stable.deploymentId };
  return { ...base, artifact, restores };
}

/** What served in the beginning is in the store, as any revision that was deployed from it. */
export async function packFirst(
  { artifacts, stable }: SimulatedWorld,
  nowMs: number,
): Promise<void> {
  if (stable === null) return;
  const record: RevisionRecord = {
    schemaVersion: 1,
    revision: stable,
    verification: null,
    deploymentId: 'shop-production-01kaw0000000000000000000aa',
    packagedAt: new Date(nowMs).toISOString(),
  };
  await artifacts.attach(stable.artifact, revisionRecordName(stable.digest), record);
}

/** The newest revision that has served, does not serve now, and is not held. */
async function earlierRevision(
  world: SimulatedWorld,
  serving: Digest,
): Promise<ArtifactSource | null> {
  const { holds } = await world.records.read(REF);
  const mayServe = (revision: Digest): boolean =>
    revision !== serving && !holds.some((hold) => hold.revision === revision);
  const brought = await world.ledger.list({ ...REF, limit: 50 });
  const served = brought.flatMap(({ closing }) =>
    closing?.outcome === 'succeeded' && closing.candidate !== null ? [closing.candidate] : [],
  );
  const revision = [...served, world.stable?.digest ?? ''].find(mayServe);
  return revision === undefined ? null : fromStore(world, revision);
}

async function fromStore(
  { artifacts }: SimulatedWorld,
  revision: Digest,
): Promise<ArtifactSource | null> {
  const [artifact] = await artifacts.artifactsWith(revisionRecordName(revision));
  return artifact === undefined ? null : { kind: 'revision', revision, artifact, commit: null };
}
