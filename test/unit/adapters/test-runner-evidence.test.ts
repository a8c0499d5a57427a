import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceDocument } from '../../../src/adapters/inspection/reports/evidence/evidence-document';
import { createTestRunner } from '../../../src/adapters/test-runner/test-runner';
import type { TestSuite } from '../../../src/domain/checks/catalog';
import type { UnitTestPolicy } from '../../../src/domain/checks/policy';
import type { TestEvidence } from '../../../src/domain/checks/test-evidence';

const ARTIFACT = `sha256:${'a'.repeat(64)}` as const;
const COMMIT = 'c'.repeat(40);
const NOW_MS = Date.parse('2026-11-23T12:00:00Z');
const PASSED =
  '<testsuites><testsuite><testcase name="a"/><testcase name="b"/></testsuite></testsuites>';
const FAILED = `<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>`;
const COVERAGE = JSON.stringify({ total: { lines: { total: 200, covered: 171, pct: 85.5 } } });

let folder: string;
const runner = createTestRunner({ clock: () => NOW_MS });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('evidence of CI', () => {
  it('serves where no command is configured, by the numbers of the reports, not by its own', async () => {
    await bind({ measured: { counts: { passed: 900, failed: 0, errored: 0, skipped: 0 } } });
    expect(await ingest('unit')).toMatchObject({
      source: 'ingested',
      outcome: 'failed',
      counts: { passed: 1, failed: 1 },
      lineCoveragePercent: 85.5,
    });
  });

  it('is nothing where none is configured, or none names the suite', async () => {
    await bind({});
    expect(await ingest('integration')).toBeNull();
    expect(await runner.test('unit', orderOf([]), signal())).toBeNull();
  });

  it('does not serve beside a command', async () => {
    await bind({});
    const command = [
      process.execPath,
      '-e',
      `require('node:fs').writeFileSync('run.xml', '${PASSED}')`,
    ];
    const reportPath = join(folder, 'run.xml');
    const unit: UnitTestPolicy = {
      ...{ command, timeoutMs: 10_000, reportPath, coveragePath: null, parallel: true },
    };
    const order = orderOf([join(folder, 'evidence.json')], unit);
    expect(await runner.test('unit', order, signal())).toMatchObject({
      source: 'command',
      counts: { passed: 2, failed: 0 },
    });
  });

  it.each<[string, Partial<EvidenceDocument>, string]>([
    [
      'another artifact',
      { subject: { artifact: `sha256:${'b'.repeat(64)}`, commit: COMMIT } },
      'another artifact',
    ],
    [
      'another commit',
      { subject: { artifact: ARTIFACT, commit: 'd'.repeat(40) } },
      'another commit',
    ],
    ['no commit', { subject: { artifact: ARTIFACT, commit: null } }, 'names no commit'],
    ['8 days ago', { createdAt: '2026-11-15T11:00:00Z' }, 'older than 7 days'],
    ['tomorrow', { createdAt: '2026-11-24T12:00:00Z' }, 'future'],
    ['another version', { schemaVersion: 2 as 1 }, 'version'],
    ['no time', { createdAt: 'today' }, 'no evidence'],
  ])('is missing where it is of %s', async (_case, change, reason) => {
    await bind({}, change);
    expect(await ingest('unit')).toMatchObject({
      outcome: 'missing',
      reason: expect.stringContaining(reason) as string,
      counts: null,
    });
  });

  it.each([
    ['was changed', (path: string) => writeFile(path, PASSED), 'changed'],
    ['is gone', (path: string) => rm(path), 'not there'],
  ])('is missing where a report %s', async (_case, change, reason) => {
    await bind({});
    await change(join(folder, 'unit.xml'));
    expect(await ingest('unit')).toMatchObject({
      outcome: 'missing',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it.each([
    ['is not there', null, 'not there'],
    ['is no JSON', '{"schemaVersion":1,', 'cut off'],
    ['is something else', '{}', 'version'],
  ])('is missing for every suite where the document %s', async (_case, text, reason) => {
    if (text !== null) await writeFile(join(folder, 'evidence.json'), text);
    for (const suite of ['unit', 'integration'] as const)
      expect(await ingest(suite)).toMatchObject({
        outcome: 'missing',
        reason: expect.stringContaining(reason) as string,
      });
  });

  it('is compared without a commit where none is known', async () => {
    await bind({});
    const order = { ...orderOf([join(folder, 'evidence.json')]), commit: null };
    expect(await runner.test('unit', order, signal())).toMatchObject({ outcome: 'failed' });
  });
});

async function bind(
  change: Partial<EvidenceDocument['reports'][number]>,
  document: Partial<EvidenceDocument> = {},
): Promise<void> {
  const files = { 'unit.xml': FAILED, 'coverage.json': COVERAGE };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const report = (kind: 'junit' | 'coverage', path: keyof typeof files) => ({
    ...{ kind, suite: 'unit' as const, path, bytes: files[path].length, measured: {} },
    sha256: createHash('sha256').update(files[path]).digest('hex'),
    ...change,
  });
  const evidence: EvidenceDocument = {
    schemaVersion: 1,
    subject: { artifact: ARTIFACT, commit: COMMIT },
    createdAt: '2026-11-23T11:00:00Z',
    reports: [report('junit', 'unit.xml'), report('coverage', 'coverage.json')],
    ...document,
  };
  await writeFile(join(folder, 'evidence.json'), JSON.stringify(evidence));
}

function ingest(suite: TestSuite): Promise<TestEvidence | null> {
  return runner.test(suite, orderOf([join(folder, 'evidence.json')]), signal());
}

function orderOf(evidence: readonly string[], unit: UnitTestPolicy | null = null) {
  return {
    tests: { unit, integration: null, evidence },
    ...{ folder, parallelJobs: 3, artifact: ARTIFACT, commit: COMMIT, root: '/the/copy' },
  };
}

function signal(): AbortSignal {
  return new AbortController().signal;
}
