import { performScan } from '../activities/checks/perform-scan';
import { performValidation } from '../activities/checks/perform-validation';
import { SCANNERS, TEST_SUITES, VALIDATORS, type TestSuite } from '../domain/checks/catalog';
import type { CheckId } from '../domain/checks/check-summary';
import type { DeploymentFacts } from '../domain/checks/facts';
import type { Gate } from '../domain/checks/gate';
import { judgeChecks, type PreviousVerification } from '../domain/checks/judge-checks';
import type { Inventory } from '../domain/checks/inventory';
import type { CheckPolicy } from '../domain/checks/policy';
import type { ScanReport } from '../domain/checks/scan-report';
import type { TestEvidence } from '../domain/checks/test-evidence';
import type { ValidatorReport } from '../domain/checks/validation';
import type { VerificationFile } from '../domain/checks/verification-file';
import { BelayError } from '../domain/errors';
import type { Digest } from '../domain/revision';
import type { CheckSubject } from '../ports/check-subject';
import type { CheckTools } from '../ports/check-tools';
import { deferredCache } from './deferred-cache';
import { inLanes } from '../workflows/in-lanes';

/** The checks of a deployment over a folder as it lies there, without Temporal and without a store. */
export interface FolderOrder {
  /** Absolute. */
  readonly root: string;
  /** As it was named. */
  readonly name: string;
  readonly policy: CheckPolicy;
  readonly facts: DeploymentFacts;
  readonly gates: readonly Gate[];
  /** Where build and test commands run; absolute. */
  readonly configFolder: string;
  readonly commit: string | null;
  /** Throws where the folder is not there, now that it was built. */
  readonly mustBeThere: () => Promise<void>;
  /** What relative gates compare with; null: nothing. */
  readonly previous: PreviousVerification | null;
  /** The folder's digest as the artifact store would give it; asked for only where evidence must be bound to it. */
  readonly artifact: () => Promise<Digest>;
  readonly version: string;
}

export interface FolderWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (check: CheckId, done: number, total: number) => void;
  readonly onEnd: (check: CheckId, report: ValidatorReport | ScanReport | TestEvidence) => void;
}

/** Builds where the configuration says so, lists, validates, tests, scans and judges. */
export async function verifyFolder(
  tools: CheckTools,
  order: FolderOrder,
  watch: FolderWatch,
): Promise<{ readonly file: VerificationFile; readonly subject: CheckSubject }> {
  const { root, policy, facts, configFolder } = order;
  const { parallelJobs } = policy;
  const { signal } = watch;
  const building = { build: policy.build, folder: configFolder, parallelJobs };
  const build = await tools.tests.build(building, signal);
  await order.mustBeThere();
  // Before the inventory: tests may tidy up in the folder.
  const tests = await runTests(tools, order, watch);
  const list = (): Promise<Inventory> =>
    tools.inventory(root, { signal, progress: () => undefined });
  const inventory = await list();
  refuseEmpty(order, inventory);
  const subject: CheckSubject = { root, inventory, artifact: null, policy, facts };
  const cache = deferredCache(tools.cache);
  const { validators, scans } = await look({ ...tools, cache }, subject, watch);
  if (cache.hasNew()) await cache.keepIf((await list()).digest === inventory.digest);
  const nowMs = Date.now();
  const verification = judgeChecks({
    validators,
    scans,
    build,
    tests,
    artifactBytes: inventory.files.reduce((sum, { bytes }) => sum + bytes, 0),
    gates: order.gates,
    suppressions: policy.suppressions,
    severities: policy.severities,
    environment: facts.environment,
    nowMs,
    previous: order.previous,
  });
  const about = {
    what: order.name,
    artifact: null,
    commit: order.commit,
    verifiedAtMs: nowMs,
    inventoryDigest: inventory.digest,
    version: order.version,
  };
  return { file: { schemaVersion: 1, subject: about, verification }, subject };
}

/** Nothing was checked where nothing is: a wrong path must not look like a clean folder. */
function refuseEmpty({ name }: FolderOrder, { files, links, unlisted }: Inventory): void {
  if (files.length + links.length + unlisted.length > 0) return;
  throw new BelayError(
    'ARTIFACT_EMPTY',
    `${name} holds no file, so there is nothing to check. Traffic is not touched by \`verify\`.`,
    { next: 'Build the service first, or name the folder that holds what is deployed.' },
  );
}

async function look(tools: CheckTools, subject: CheckSubject, watch: FolderWatch) {
  const { parallelJobs } = subject.policy;
  const validators = await inLanes(
    parallelJobs,
    VALIDATORS.map((name) => async () => {
      const id: CheckId = `validator/${name}`;
      const context = contextOf(id, watch);
      const report = await performValidation(tools, name, { subject, context });
      watch.onEnd(id, report);
      return report;
    }),
  );
  const scans = await inLanes(
    parallelJobs,
    SCANNERS.map((name) => async () => {
      const id: CheckId = `scanner/${name}`;
      const report = await performScan(tools, name, { subject, context: contextOf(id, watch) });
      watch.onEnd(id, report);
      return report;
    }),
  );
  return { validators, scans };
}

/** One suite after the other: they may share a database. */
async function runTests(
  tools: CheckTools,
  { policy, root, configFolder, commit, artifact }: FolderOrder,
  watch: FolderWatch,
): Promise<readonly TestEvidence[]> {
  const { tests, parallelJobs } = policy;
  const found: TestEvidence[] = [];
  for (const suite of TEST_SUITES) {
    if (!isConfigured(policy, suite)) continue;
    const order = { tests, folder: configFolder, parallelJobs, commit, root };
    const evidence = await tools.tests.test(
      suite,
      { ...order, artifact: await artifact() },
      watch.signal,
    );
    if (evidence === null) continue;
    watch.onEnd(`tests/${suite}`, evidence);
    found.push(evidence);
  }
  return found;
}

function isConfigured({ tests }: CheckPolicy, suite: TestSuite): boolean {
  return tests[suite] !== null || tests.evidence.length > 0;
}

function contextOf(check: CheckId, { signal, onProgress }: FolderWatch) {
  return {
    signal,
    progress: (done: number, total: number) => onProgress(check, done, total),
  };
}
