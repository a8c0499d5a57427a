import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json';
import type { CheckName } from '../domain/checks/catalog';
import type { CheckReport } from '../domain/checks/finding';
import type { Gate, GateVerdict } from '../domain/checks/gate';
import { boundFindings } from '../domain/checks/bound-findings';
import { evaluateGates } from '../domain/checks/evaluate-gates';
import { measureChecks } from '../domain/checks/measure';
import type { ArtifactSource, RunSpec } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { Digest, Revision } from '../domain/revision';
import type { StoredArtifact } from '../ports/artifact-store';
import { asActivity, beating } from './activity-context';
import type { ActivityDependencies } from './dependencies';

export interface StoreInput {
  readonly artifact: ArtifactSource;
  readonly run: RunSpec;
}

export interface StoreResult {
  readonly stored: StoredArtifact;
  readonly revision: Revision;
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
  /** Copies the artifact into the store; the same bytes are kept once. */
  storeArtifact(input: StoreInput): Promise<StoreResult>;
  /** One validator or scanner; what it finds is data. */
  runCheck(input: CheckInput): Promise<CheckReport>;
  judgeGates(input: GatesInput): Promise<GateVerdict>;
  /** Keeps the revision's record (manifest digest, checks, gates) beside the artifact. */
  packageRevision(input: PackageInput): Promise<void>;
}

export function createCheckActivities(deps: ActivityDependencies): CheckActivities {
  return {
    storeArtifact: asActivity(async ({ artifact, run }, running) => {
      const stored = await beating(running, () => deps.artifacts.put(artifact, running.signal));
      return { stored, revision: revisionOf(stored.digest, run, artifact.commit) };
    }),
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
      await deps.artifacts.attach(revision.artifact, `revision-${revision.digest.slice(7)}.json`, {
        schemaVersion: 1,
        revision,
        checks: reports,
        gates,
        deploymentId,
        packagedAt: new Date(deps.clock()).toISOString(),
      });
    }),
  };
}

/** The digest covers what runs and how; not the commit, which is only where it came from. */
export function revisionOf(artifact: Digest, run: RunSpec, commit: string | null): Revision {
  const content = {
    artifact,
    command: run.command,
    env: run.env,
    secrets: run.secrets,
    health: run.health,
    stopGraceMs: run.stopGraceMs,
  };
  const digest = `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
  return { digest, ...content, commit };
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
