import { createMemoryArtifactStore } from '../../../src/adapters/artifacts/memory-artifact-store';
import { createMemoryEnvironmentRecord } from '../../../src/adapters/records/memory-environment-record';
import { checkFileName } from '../../../src/activities/checks/check-file';
import { judgeDeployment, type JudgeInput } from '../../../src/activities/checks/judge-deployment';
import { keepReport } from '../../../src/activities/checks/stored-report';
import { revisionOf } from '../../../src/activities/checks/store-artifact';
import { SCANNERS, VALIDATORS } from '../../../src/domain/checks/catalog';
import type { Gate } from '../../../src/domain/checks/gate';
import { NO_FINDINGS } from '../../../src/domain/checks/severity';
import {
  readVerificationFile,
  verificationName,
} from '../../../src/domain/checks/verification-file';
import { revisionRecordName } from '../../../src/domain/history/revision-record';
import { BelayError } from '../../../src/domain/errors';
import type { ArtifactStore } from '../../../src/ports/artifact-store';
import { aScan, aValidation, FACTS, INVENTORY, POLICY } from '../../support/check-tools';
import { aRequest } from '../../support/requests';

const ID = 'shop-production-01KAR1X0000000000000000001';
const REF = { service: 'shop', environment: 'production' };
const { signal } = new AbortController();

async function openedStore(gates: readonly Gate[] = []) {
  const artifacts = createMemoryArtifactStore(() => ({ 'server.js': '1;' }));
  const { digest } = await artifacts.put({ kind: 'files', path: '/', commit: null }, signal);
  const file = { schemaVersion: 1, inventory: INVENTORY, policy: POLICY, facts: FACTS, gates };
  await artifacts.attach(digest, checkFileName(ID), file);
  const records = createMemoryEnvironmentRecord();
  return { artifacts, records, digest, clock: () => 1_000, version: '0.1.0' };
}

type Opened = Awaited<ReturnType<typeof openedStore>>;

async function cleanInput({ artifacts, digest }: Opened): Promise<JudgeInput> {
  const keep = (name: string, report: object) => keepReport(artifacts, digest, { name, report });
  const validators = await Promise.all(
    VALIDATORS.map(async (name) => {
      const report = aValidation(name);
      return { ...report, report: await keep(`validator-${name}.json`, report) };
    }),
  );
  const scans = await Promise.all(
    SCANNERS.map(async (name) => {
      const report = aScan(name);
      const kept = await keep(`scanner-${name}.json`, report);
      return { ...report, counts: NO_FINDINGS, report: kept };
    }),
  );
  return {
    deploymentId: ID,
    artifact: digest,
    ref: REF,
    commit: 'c0ffee',
    artifactBytes: 2_000_000,
    validators,
    scans,
    build: null,
    tests: [],
  };
}

test('the verdict over whole reports is kept beside the artifact, and its summary names it', async () => {
  const opened = await openedStore();
  const summary = await judgeDeployment(opened, await cleanInput(opened));
  expect(summary).toMatchObject({ passed: true, score: 100, reasons: [] });
  const kept = await opened.artifacts.attached(opened.digest, verificationName(ID));
  expect(readVerificationFile(kept)).toMatchObject({
    subject: { what: ID, commit: 'c0ffee', verifiedAtMs: 1_000 },
    verification: { passed: true },
  });
});

test('a report that was changed after it was kept says nothing any more, and blocks', async () => {
  const opened = await openedStore();
  const input = await cleanInput(opened);
  const changed = aScan('secrets', { covered: 99, total: 99 });
  await opened.artifacts.attach(opened.digest, 'scanner-secrets.json', changed);
  const summary = await judgeDeployment(opened, input);
  expect(summary.passed).toBe(false);
  expect(summary.score).toBeNull();
  expect(summary.reasons.join()).toContain('secrets');
});

test('a damaged record of what serves now ends no deployment', async () => {
  const opened = await openedStore();
  const input = await cleanInput(opened);
  const revision = revisionOf(opened.digest, aRequest().run, null);
  await opened.records.setStable(REF, { revision, deploymentId: ID, sinceMs: 0, instances: 2 });
  const damaged = new BelayError('ARTIFACT_CHANGED', 'simulated: it is no JSON any more.');
  const artifacts: ArtifactStore = {
    ...opened.artifacts,
    attached: async (artifact, name) => {
      if (name === revisionRecordName(revision.digest)) throw damaged;
      return opened.artifacts.attached(artifact, name);
    },
  };
  expect((await judgeDeployment({ ...opened, artifacts }, input)).passed).toBe(true);
});

test('a scanner that no worker could run blocks, and so does a validator', async () => {
  const opened = await openedStore();
  const input = await cleanInput(opened);
  const scans = input.scans.map((scan) =>
    scan.scanner === 'container' ? { ...scan, status: 'failed' as const, report: null } : scan,
  );
  expect((await judgeDeployment(opened, { ...input, scans })).passed).toBe(false);
  const validators = input.validators.filter(({ validator }) => validator !== 'assets');
  expect((await judgeDeployment(opened, { ...input, validators })).passed).toBe(false);
});

test('a relative gate compares with what was verified of the revision that serves now', async () => {
  const gate: Gate = {
    name: 'No growth',
    metric: 'artifact_size',
    threshold: { kind: 'relative', changePercent: 10 },
    blocking: true,
    onMissing: 'fail',
    warnAt: null,
    scope: 'all',
    environments: null,
  };
  const opened = await openedStore([gate]);
  const input = await cleanInput(opened);
  expect((await judgeDeployment(opened, input)).passed).toBe(false);
  const verification = await judgeDeployment(opened, { ...input, artifactBytes: 2_000_000 });
  const revision = revisionOf(opened.digest, aRequest().run, null);
  const packagedAt = new Date(0).toISOString();
  const record = { schemaVersion: 1, revision, verification, deploymentId: ID, packagedAt };
  await opened.artifacts.attach(opened.digest, revisionRecordName(revision.digest), record);
  const stable = { revision, deploymentId: ID, sinceMs: 0, instances: 2 };
  await opened.records.setStable(REF, stable);
  const judgeNext = async (deploymentId: string, artifactBytes: number) => {
    const file = await opened.artifacts.attached(opened.digest, checkFileName(ID));
    await opened.artifacts.attach(opened.digest, checkFileName(deploymentId), file);
    return (await judgeDeployment(opened, { ...input, deploymentId, artifactBytes })).passed;
  };
  expect(await judgeNext('second', 2_100_000)).toBe(true);
  expect(await judgeNext('third', 2_300_000)).toBe(false);
});
