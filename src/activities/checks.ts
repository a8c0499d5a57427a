import type { CheckName } from '../domain/checks/catalog';
import type { CheckReport } from '../domain/checks/finding';
import type { Gate, GateVerdict } from '../domain/checks/gate';
import { boundFindings } from '../domain/checks/bound-findings';
import { evaluateGates } from '../domain/checks/evaluate-gates';
import { measureChecks } from '../domain/checks/measure';
import type { ArtifactSource, RunSpec } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { Digest, Revision } from '../domain/revision';
import { revisionRecordName, type RevisionRecord } from '../domain/history/revision-record';
import type { ArtifactStore, StoredArtifact } from '../ports/artifact-store';
import { asActivity, beating } from './activity-context';
import type { ActivityDependencies } from './dependencies';
import { recallRevision } from './recall-revision';
import { revisionDigest } from './revision-digest';

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

export interface CheckInput {
  readonly check: CheckName;
  readonly artifact: Digest;
}

export interface GatesInput {
  readonly gates: readonly Gate[];
  readonly reports: readonly CheckReport[];
  readonly artifactBytes: number;
}

export interface PackageInput {
  readonly deploymentId: string;
  readonly revision: Revision;
  readonly reports: readonly CheckReport[];
  readonly gates: GateVerdict;
}

/** Phases 0 to 4: the artifact is copied in, looked at, and packed into a revision. */
export interface CheckActivities {
  /** Copies the artifact into the store (the same bytes are kept once), or recalls a revision that was stored before. */
  storeArtifact(input: StoreInput): Promise<StoreResult>;
  /** One validator or scanner; what it finds is data. */
  runCheck(input: CheckInput): Promise<CheckReport>;
  judgeGates(input: GatesInput): Promise<GateVerdict>;
  /** Keeps the revision's record (manifest digest, checks, gates) beside the artifact. */
  packageRevision(input: PackageInput): Promise<void>;
}

export function createCheckActivities(deps: ActivityDependencies): CheckActivities {
  return {
    storeArtifact: asActivity((input, running) =>
      beating(running, () => storeArtifact(deps.artifacts, input, running.signal)),
    ),
    runCheck: asActivity(async ({ check, artifact }, { signal, heartbeat }) => {
      const found = deps.checks.find(({ name }) => name === check);
      if (found === undefined) throw unknownCheck(check);
      const manifest = await deps.artifacts.manifest(artifact);
      const subject = { artifact, manifest, filesPath: deps.artifacts.filesPath(artifact) };
      const progress = (done: number, total: number): void => {
        heartbeat({ check, done, total });
      };
      return bounded(await found.run(subject, { signal, progress }));
    }),
    judgeGates: asActivity(({ gates, reports, artifactBytes }) =>
      Promise.resolve(evaluateGates(gates, measureChecks(reports, { artifactBytes }), reports)),
    ),
    packageRevision: asActivity(async ({ deploymentId, revision, reports, gates }) => {
      const record: RevisionRecord = {
        schemaVersion: 1,
        revision,
        checks: reports,
        gates,
        deploymentId,
        packagedAt: new Date(deps.clock()).toISOString(),
      };
      await deps.artifacts.attach(revision.artifact, revisionRecordName(revision.digest), record);
    }),
  };
}

async function storeArtifact(
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

const LISTED_IN_HISTORY = 50;

/** The worst go into history, with a count of the rest. */
function bounded(report: CheckReport): CheckReport {
  return {
    ...boundFindings(report, LISTED_IN_HISTORY),
    skipped: report.skipped.slice(0, LISTED_IN_HISTORY),
  };
}

function unknownCheck(check: string): BelayError {
  return new BelayError(
    'SCANNER_UNAVAILABLE',
    `The worker of this environment has no check named "${check}". No traffic was touched.`,
    { next: 'Update the worker to the version of the client.', retryable: false },
  );
}
