import type { StoreResult } from '../../activities/checks/store-artifact';
import type { ScanSummary, VerificationSummary } from '../../domain/checks/check-summary';
import type { BuildEvidence } from '../../domain/checks/test-evidence';
import { formatBytes } from '../../domain/format/bytes';
import { formatCounted } from '../../domain/format/count';
import { shortDigest, type Revision } from '../../domain/revision';
import { raiseAlert } from '../alert';
import { checkArtifact } from '../check-artifact';
import type { Deployment } from '../deployment';
import { UNTIL_IT_HAS_ENDED, type Validated } from '../run-checks';
import { servesAlready } from '../serves-already';

export type Verified =
  | { readonly kind: 'verified'; readonly revision: Revision }
  | { readonly kind: 'serving'; readonly sentence: string };

/** Phases 0 to 4: built, stored, validated, scanned, gated, packaged. Nothing on the target is touched. */
export async function verify(deployment: Deployment): Promise<Verified> {
  deployment.progress.enter('store');
  const built = await build(deployment);
  const stored = await store(deployment);
  const { revision } = stored;
  const sentence = await servesAlready(deployment, revision, 'if it answers');
  if (sentence !== null) return { kind: 'serving', sentence };
  if (stored.verified) return passedBefore(deployment, revision);
  const verification = await check(deployment, stored, built);
  await judge(deployment, verification);
  await pack(deployment, revision, verification);
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

const START_MS = 60_000;

/** What is brought back was built before; what cannot be built now is not deployed from what an earlier build left. */
async function build(deployment: Deployment): Promise<BuildEvidence | null> {
  const { request, activities, progress } = deployment;
  const { build: policy, parallelJobs } = request.checks;
  if (policy.command === null || request.artifact.kind === 'revision') return null;
  progress.result(`building: ${policy.command[0] ?? ''}`);
  const evidence = await activities.checks.buildArtifact.executeWithOptions(
    {
      summary: 'Build',
      startToCloseTimeout: policy.timeoutMs + START_MS,
      ...UNTIL_IT_HAS_ENDED,
    },
    [{ build: policy, folder: request.configFolder, parallelJobs }],
  );
  if (evidence !== null && !evidence.succeeded) {
    const cause = `Blocked before any effect: the build failed: ${evidence.reason ?? 'no reason given'}.`;
    deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
  }
  return evidence;
}

async function store({ activities, progress, request }: Deployment): Promise<StoreResult> {
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

async function check(
  deployment: Deployment,
  stored: StoreResult,
  built: BuildEvidence | null,
): Promise<VerificationSummary> {
  const { progress } = deployment;
  progress.enter('validate');
  return checkArtifact(deployment, stored, {
    build: built,
    listener: {
      onCheck: (id, ended) => progress.check(id, ended),
      onValidated: (validated) => {
        progress.result(validationResult(validated));
        progress.enter('scan');
      },
      onScanned: (scans) => {
        progress.result(scanResult(scans));
        progress.enter('gate');
      },
    },
  });
}

function validationResult({ validators, tests }: Validated): string {
  const passed = validators.filter((one) => one.passed).length;
  const suites = tests.map(({ suite, outcome }) => `${suite} tests ${outcome}`);
  return [`${passed} of ${validators.length} validators passed`, ...suites].join('; ');
}

function scanResult(scans: readonly ScanSummary[]): string {
  const whole = scans.filter(({ status }) => status === 'completed').length;
  const none = scans.filter(({ status }) => status === 'not-applicable').length;
  const found = (severity: 'critical' | 'high'): number =>
    scans.reduce((sum, { counts }) => sum + counts[severity], 0);
  const complete = `${whole} of ${formatCounted(scans.length - none, 'scan')} complete`;
  return `${complete}; ${found('critical')} critical, ${found('high')} high`;
}

async function judge(deployment: Deployment, verification: VerificationSummary): Promise<void> {
  const { progress, request } = deployment;
  const { gates, score, passed, reasons, notices } = verification;
  const good = gates.filter(({ outcome }) => outcome === 'passed').length;
  progress.result(
    `${good} of ${formatCounted(gates.length, 'gate')} passed; score ${score ?? 'unknown'}`,
  );
  if (!passed) {
    const report = `\`belay report ${request.deploymentId}\` shows all of it`;
    const cause = `Blocked before any effect: ${reasons.join('; ')}. ${report}.`;
    deployment.leave({ outcome: 'blocked', cause, by: null, hold: false });
  }
  const warned = gates.filter(({ outcome }) => outcome === 'warned' || outcome === 'missing');
  const sentences = [...warned.map(({ sentence }) => sentence), ...notices];
  if (sentences.length > 0) {
    await raiseAlert(deployment, `Checks that do not block: ${sentences.join('; ')}.`);
  }
}

async function pack(
  { activities, progress, request }: Deployment,
  revision: Revision,
  verification: VerificationSummary,
): Promise<void> {
  progress.enter('package');
  const { deploymentId, service, environment } = request;
  await activities.checks.packageRevision.executeWithOptions({ summary: 'Record the revision' }, [
    {
      deploymentId,
      artifact: revision.artifact,
      ref: { service, environment },
      revision,
      verification,
    },
  ]);
  progress.result(`revision ${shortDigest(revision.digest)}`);
}
