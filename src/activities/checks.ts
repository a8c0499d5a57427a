import type { ScannerName, TestSuite, ValidatorName } from '../domain/checks/catalog';
import type {
  CheckId,
  LiveCheck,
  ScanSummary,
  ValidatorSummary,
  VerificationSummary,
} from '../domain/checks/check-summary';
import type { DeploymentFacts } from '../domain/checks/facts';
import type { Gate } from '../domain/checks/gate';
import type { BuildPolicy, CheckPolicy } from '../domain/checks/policy';
import { countSeverities } from '../domain/checks/severity';
import type { BuildEvidence, TestEvidence } from '../domain/checks/test-evidence';
import type { ServiceRef } from '../domain/deployment';
import { revisionRecordName, type RevisionRecord } from '../domain/history/revision-record';
import type { Digest, Revision } from '../domain/revision';
import type { CheckContext } from '../ports/check-subject';
import { asActivity, beating, type Running } from './activity-context';
import {
  checkFileName,
  readCheckFile,
  subjectOf,
  type CheckFile,
  type CheckRef,
} from './checks/check-file';
import { judgeDeployment, type JudgeInput } from './checks/judge-deployment';
import { performScan } from './checks/perform-scan';
import { performValidation } from './checks/perform-validation';
import { storeArtifact, type StoreInput, type StoreResult } from './checks/store-artifact';
import { keepReport } from './checks/stored-report';
import type { ActivityDependencies } from './dependencies';

export interface BuildInput {
  readonly build: BuildPolicy;
  readonly folder: string;
  readonly parallelJobs: number;
}

export interface OpenInput extends CheckRef {
  readonly policy: CheckPolicy;
  readonly facts: DeploymentFacts;
  readonly gates: readonly Gate[];
}

export interface Opened {
  readonly inventory: Digest;
  readonly files: number;
  readonly bytes: number;
}

export interface ValidatorInput extends CheckRef {
  readonly validator: ValidatorName;
}

export interface ScannerInput extends CheckRef {
  readonly scanner: ScannerName;
}

export interface TestInput extends CheckRef {
  readonly suite: TestSuite;
  readonly folder: string;
  readonly commit: string | null;
}

export interface PackageInput extends CheckRef {
  readonly ref: ServiceRef;
  readonly revision: Revision;
  readonly verification: VerificationSummary;
}

/** Phases 0 to 4: the artifact is built, copied in, looked at, judged and packed into a revision. */
export interface CheckActivities {
  /** Runs the build command; null where there is none. */
  buildArtifact(input: BuildInput): Promise<BuildEvidence | null>;
  storeArtifact(input: StoreInput): Promise<StoreResult>;
  /** The inventory first: it, and what was configured, is what every check of this deployment looks at. */
  openChecks(input: OpenInput): Promise<Opened>;
  runValidator(input: ValidatorInput): Promise<ValidatorSummary>;
  runScanner(input: ScannerInput): Promise<ScanSummary>;
  /** Null where nothing is configured for the suite. */
  runTests(input: TestInput): Promise<TestEvidence | null>;
  /** From the whole reports; always all gates. */
  judgeChecks(input: JudgeInput): Promise<VerificationSummary>;
  /** Keeps the revision's record and its bill of materials beside the artifact. */
  packageRevision(input: PackageInput): Promise<void>;
}

export function createCheckActivities(deps: ActivityDependencies): CheckActivities {
  const { artifacts, checks: tools } = deps;
  return {
    buildArtifact: asActivity((input, running) =>
      beating(running, () => tools.tests.build(input, running.signal)),
    ),
    storeArtifact: asActivity((input, running) =>
      beating(running, () => storeArtifact(artifacts, input, running.signal)),
    ),
    openChecks: asActivity((input, running) =>
      beating(running, () => openChecks(deps, input, running.signal)),
    ),
    runValidator: asActivity((input, running) => runValidator(deps, input, running)),
    runScanner: asActivity((input, running) => runScanner(deps, input, running)),
    runTests: asActivity((input, running) =>
      beating(running, () => runTests(deps, input, running.signal)),
    ),
    judgeChecks: asActivity((input, running) =>
      beating(running, () => judgeDeployment(deps, input)),
    ),
    packageRevision: asActivity((input, running) =>
      beating(running, () => packageRevision(deps, input, running.signal)),
    ),
  };
}

async function openChecks(
  { artifacts, checks: tools }: ActivityDependencies,
  { deploymentId, artifact, policy, facts, gates }: OpenInput,
  signal: AbortSignal,
): Promise<Opened> {
  const context = { signal, progress: () => undefined };
  const inventory = await tools.inventory(artifacts.filesPath(artifact), context);
  const file: CheckFile = { schemaVersion: 1, inventory, policy, facts, gates };
  await artifacts.attach(artifact, checkFileName(deploymentId), file);
  const bytes = inventory.files.reduce((sum, one) => sum + one.bytes, 0);
  return { inventory: inventory.digest, files: inventory.files.length, bytes };
}

async function runValidator(
  { artifacts, checks: tools }: ActivityDependencies,
  { validator, ...ref }: ValidatorInput,
  running: Running,
): Promise<ValidatorSummary> {
  const id: CheckId = `validator/${validator}`;
  const subject = subjectOf(artifacts, ref.artifact, await readCheckFile(artifacts, ref));
  const report = await watched(running, id, (context) =>
    performValidation(tools, validator, { subject, context }),
  );
  running.signal.throwIfAborted();
  const kept = await keepReport(artifacts, ref.artifact, { name: nameOf(id, ref), report });
  const { problems: _problems, skipped: _skipped, ...summary } = report;
  return { ...summary, report: kept };
}

async function runScanner(
  { artifacts, checks: tools }: ActivityDependencies,
  { scanner, ...ref }: ScannerInput,
  running: Running,
): Promise<ScanSummary> {
  const id: CheckId = `scanner/${scanner}`;
  const subject = subjectOf(artifacts, ref.artifact, await readCheckFile(artifacts, ref));
  const report = await watched(running, id, (context) =>
    performScan(tools, scanner, { subject, context }),
  );
  running.signal.throwIfAborted();
  const kept = await keepReport(artifacts, ref.artifact, { name: nameOf(id, ref), report });
  const { findings, skipped: _skipped, tool: _tool, probe: _probe, ...summary } = report;
  const counts = countSeverities(findings.map(({ severity }) => severity));
  return { ...summary, counts, report: kept };
}

async function runTests(
  { artifacts, checks: tools }: ActivityDependencies,
  { suite, folder, commit, ...ref }: TestInput,
  signal: AbortSignal,
): Promise<TestEvidence | null> {
  const { policy } = await readCheckFile(artifacts, ref);
  const { tests, parallelJobs } = policy;
  const { artifact } = ref;
  const root = artifacts.filesPath(artifact);
  return await tools.tests.test(
    suite,
    { tests, folder, parallelJobs, artifact, commit, root },
    signal,
  );
}

async function packageRevision(
  deps: ActivityDependencies,
  input: PackageInput,
  signal: AbortSignal,
): Promise<void> {
  const { revision, deploymentId, verification } = input;
  await keepBill(deps, input, signal);
  const record: RevisionRecord = {
    schemaVersion: 1,
    revision,
    verification,
    deploymentId,
    packagedAt: new Date(deps.clock()).toISOString(),
  };
  await deps.artifacts.attach(revision.artifact, revisionRecordName(revision.digest), record);
}

const BILL_NAME = 'bill-of-materials.cdx.json';

async function keepBill(
  { artifacts, checks, clock }: ActivityDependencies,
  input: PackageInput,
  signal: AbortSignal,
): Promise<void> {
  const { artifact, ref, revision } = input;
  const subject = subjectOf(artifacts, artifact, await readCheckFile(artifacts, input));
  const bill = await checks.bill(subject, {
    signal,
    progress: () => undefined,
    name: ref.service,
    version: revision.commit ?? revision.digest,
    atMs: clock(),
  });
  await artifacts.attach(artifact, BILL_NAME, bill);
}

function nameOf(check: CheckId, { deploymentId }: CheckRef): string {
  return `report-${check.replace('/', '-')}-${deploymentId}.json`;
}

/** Shows the check at work: the newest progress goes out with every heartbeat. */
function watched<T>(
  { signal, heartbeat }: Running,
  check: CheckId,
  look: (context: CheckContext) => Promise<T>,
): Promise<T> {
  let live: LiveCheck = { check, done: 0, total: 0 };
  const progress = (done: number, total: number): void => {
    live = { check, done, total };
  };
  const beat = { signal, heartbeat: () => heartbeat(live) };
  return beating(beat, () => look({ signal, progress }));
}
