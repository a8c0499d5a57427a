import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceDocument } from '../../../src/adapters/inspection/reports/evidence/evidence-document';
import { createTestRunner } from '../../../src/adapters/test-runner/test-runner';
import { FakeCli } from './fake-cli';

const COMMIT = 'c'.repeat(40);
const JUNIT = '<testsuite><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>';
const COVERAGE = JSON.stringify({
  total: { lines: { total: 10_000, covered: 7_996, pct: 79.96 } },
});
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'a-tool' } }, results: [] }],
});
const BILL = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [] });

let cli: FakeCli;

beforeEach(() => {
  cli = new FakeCli();
  cli.away = new Error('evidence needs no Temporal');
  mkdirSync(join(cli.home, 'dist'));
  mkdirSync(join(cli.home, 'reports'));
  put('dist/server.js', 'ok');
  put('reports/unit.xml', JUNIT);
  put('reports/coverage.json', COVERAGE);
  put('reports/a.sarif', SARIF);
  put('reports/b.sarif', SARIF);
  put('reports/bill.json', BILL);
});
afterEach(() => {
  cli.remove();
});

describe('belay evidence', () => {
  const ALL = [
    ...['--unit-junit', 'reports/unit.xml', '--integration-junit', 'reports/unit.xml'],
    ...['--coverage', 'reports/coverage.json', '--sbom', 'reports/bill.json'],
    ...['--sarif', 'reports/a.sarif', '--sarif', 'reports/b.sarif'],
  ];

  test('0: writes the reports with their digests, bound to artifact and commit', async () => {
    const { code, stdout } = await evidence(...ALL, '--commit', COMMIT.toUpperCase());
    expect(code).toBe(0);
    expect(stdout).toContain('1 test passed, 0 failed, 1 skipped');
    // Toward failure: it must not read as 80 beside "at least 80 %".
    expect(stdout).toContain('79.9 % of lines');
    const document = written();
    expect(document).toMatchObject({
      schemaVersion: 1,
      subject: {
        artifact: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        commit: COMMIT,
      },
    });
    expect(document.reports.map(({ kind, suite, path }) => [kind, suite, path])).toEqual([
      ['junit', 'unit', '../reports/unit.xml'],
      ['junit', 'integration', '../reports/unit.xml'],
      ['coverage', 'unit', '../reports/coverage.json'],
      ['sarif', null, '../reports/a.sarif'],
      ['sarif', null, '../reports/b.sarif'],
      ['sbom', null, '../reports/bill.json'],
    ]);
    expect(document.reports[2]?.measured).toEqual({ lineCoveragePercent: 79.96 });
  });

  test('is what the runner of tests takes, for that artifact only', async () => {
    await evidence(...ALL, '--commit', COMMIT);
    const { artifact } = written().subject;
    const order = {
      tests: { unit: null, integration: null, evidence: [join(cli.home, 'ci/evidence.json')] },
      ...{ folder: cli.home, parallelJobs: 1, commit: COMMIT, root: cli.home },
    };
    const { signal } = new AbortController();
    expect(await createTestRunner().test('unit', { ...order, artifact }, signal)).toMatchObject({
      source: 'ingested',
      outcome: 'passed',
      counts: { passed: 1, skipped: 1 },
      lineCoveragePercent: 79.96,
    });
    const other = `sha256:${'0'.repeat(64)}` as const;
    expect(
      await createTestRunner().test('unit', { ...order, artifact: other }, signal),
    ).toMatchObject({ outcome: 'missing', reason: 'evidence of CI: it is about another artifact' });
  });

  test('answers in JSON', async () => {
    const { stdout } = await evidence('--unit-junit', 'reports/unit.xml', '--output', 'json');
    expect(JSON.parse(stdout)).toEqual({ file: join(cli.home, 'ci/evidence.json'), ...written() });
  });

  test.each([
    ['no report', []],
    ['a report that is not there', ['--unit-junit', 'reports/none.xml']],
    ['an empty report', ['--unit-junit', 'reports/empty']],
    ['a report without a test', ['--unit-junit', 'reports/zero.xml']],
    ['coverage of nothing', ['--coverage', 'reports/zero.json']],
    ['SARIF of a tool that did not look', ['--sarif', 'reports/zero.json']],
    ['a bill that is none', ['--sbom', 'reports/zero.json']],
    ['the beginning of a commit', ['--unit-junit', 'reports/unit.xml', '--commit', 'cccccc']],
  ])('2: %s, and nothing is written', async (_case, flags) => {
    put('reports/empty', '');
    put('reports/zero.xml', '<testsuites/>');
    put(
      'reports/zero.json',
      '{"total":{"lines":{"total":0,"covered":0,"pct":"Unknown"}},"runs":[]}',
    );
    const { code, stderr } = await evidence(...flags);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
    expect(existsSync(join(cli.home, 'ci/evidence.json'))).toBe(false);
  });

  test('2: a folder that is not there, a document in the artifact, a place that cannot be written', async () => {
    const flags = ['--unit-junit', 'reports/unit.xml'];
    const runs = [
      ['evidence', 'none', '--out', 'evidence.json', ...flags],
      ['evidence', 'dist', '--out', 'dist/evidence.json', ...flags],
      ['evidence', 'dist', '--out', 'none/evidence.json', ...flags],
    ];
    for (const argv of runs) expect((await cli.run(...argv)).code).toBe(2);
  });

  async function evidence(...flags: readonly string[]) {
    mkdirSync(join(cli.home, 'ci'), { recursive: true });
    return cli.run('evidence', 'dist', '--out', 'ci/evidence.json', ...flags);
  }
});

function written(): EvidenceDocument {
  return JSON.parse(readFileSync(join(cli.home, 'ci/evidence.json'), 'utf8')) as EvidenceDocument;
}

function put(path: string, text: string): void {
  writeFileSync(join(cli.home, path), text);
}
