import { SCANNERS, VALIDATORS } from '../../domain/checks/catalog';
import type { CheckReport } from '../../domain/checks/finding';
import type { GateVerdict } from '../../domain/checks/gate';
import { formatBytes } from '../../domain/format/bytes';
import { formatCounted } from '../../domain/format/count';
import { shortDigest, type Digest, type Revision } from '../../domain/revision';
import type { StoreResult } from '../../activities/checks';
import type { Deployment } from '../deployment';
import { raiseAlert } from '../alert';
import { runChecks } from '../run-checks';
import { servesAlready } from '../serves-already';

export type Verified =
  | { readonly kind: 'verified'; readonly revision: Revision }
  | { readonly kind: 'serving'; readonly sentence: string };

/** Phases 0 to 4: stored, validated, scanned, gated, packaged. Nothing on the target is touched. */
export async function verify(deployment: Deployment): Promise<Verified> {
  const stored = await store(deployment);
  const { revision } = stored;
  const sentence = await servesAlready(deployment, revision, 'if it answers');
  if (sentence !== null) return { kind: 'serving', sentence };
  if (stored.verified) return passedBefore(deployment, revision);
  const reports = await check(deployment, revision.artifact);
  const gates = await gate(deployment, reports, stored);
  await pack(deployment, revision, { reports, gates });
  return { kind: 'verified', revision };
}

/** What this digest has passed, it has passed: neither a newer advisory nor another policy stands in the way of an undo. */
function passedBefore({ progress }: Deployment, revision: Revision): Verified {
  for (const phase of ['validate', 'scan', 'gate', 'package'] as const) {
    progress.enter(phase);
    progress.result('passed when it was first deployed');
  }
  return { kind: 'verified', revision };
}

async function store({ activities, progress, request }: Deployment): Promise<StoreResult> {
  progress.enter('store');
  const stored = await activities.checks.storeArtifact.executeWithOptions(
    { summary: 'Copy the artifact into the store' },
    [{ artifact: request.artifact, run: request.run }],
  );
  progress.revision(stored.revision.digest);
  progress.result(
    `${formatCounted(stored.stored.files, 'file')}, ${formatBytes(stored.stored.bytes)}`,
  );
  return stored;
}

async function check(deployment: Deployment, artifact: Digest): Promise<readonly CheckReport[]> {
  const { activities, progress } = deployment;
  progress.enter('validate');
  const validated = await runChecks(activities, VALIDATORS, artifact);
  progress.result(summaryOf(validated));
  progress.enter('scan');
  const scanned = await runChecks(activities, SCANNERS, artifact);
  progress.result(summaryOf(scanned));
  return [...validated, ...scanned];
}

function summaryOf(reports: readonly CheckReport[]): string {
  const parts = reports.map(
    ({ check, status, covered, applicable, findings }) =>
      `${check} ${status}: ${covered} of ${applicable} looked at, ${findings.length} found`,
  );
  return parts.join('; ');
}

async function gate(
  deployment: Deployment,
  reports: readonly CheckReport[],
  { stored }: StoreResult,
): Promise<GateVerdict> {
  const { activities, progress, request } = deployment;
  progress.enter('gate');
  const verdict = await activities.reads.judgeGates.executeWithOptions(
    { summary: 'Evaluate the gates' },
    [{ gates: request.gates, reports, artifactBytes: stored.bytes }],
  );
  progress.result(
    `${verdict.results.filter(({ outcome }) => outcome === 'passed').length} of ${verdict.results.length} gates passed`,
  );
  if (!verdict.passed) {
    const cause = `Blocked before any effect: ${verdict.blockers.join('; ')}.`;
    deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
  }
  const warnings = verdict.results.filter(({ outcome }) => outcome !== 'passed');
  if (warnings.length > 0) {
    const named = warnings.map(({ sentence }) => sentence).join('; ');
    await raiseAlert(deployment, `Gates that do not block: ${named}.`);
  }
  return verdict;
}

async function pack(
  { activities, progress, request }: Deployment,
  revision: Revision,
  checked: { readonly reports: readonly CheckReport[]; readonly gates: GateVerdict },
): Promise<void> {
  progress.enter('package');
  await activities.reads.packageRevision.executeWithOptions({ summary: 'Record the revision' }, [
    { deploymentId: request.deploymentId, revision, ...checked },
  ]);
  progress.result(`revision ${shortDigest(revision.digest)}`);
}
