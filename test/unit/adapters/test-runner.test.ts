import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestRunner } from '../../../src/adapters/test-runner/test-runner';
import type { IntegrationTestPolicy, UnitTestPolicy } from '../../../src/domain/checks/policy';
import type { TestEvidence } from '../../../src/domain/checks/test-evidence';

const GITHUB_TOKEN = ['ghp', 'a1B2'.repeat(9)].join('_');
const ARTIFACT = `sha256:${'a'.repeat(64)}` as const;
const COMMIT = 'c'.repeat(40);
const PASSED =
  '<testsuites><testsuite><testcase name="a"/><testcase name="b"/></testsuite></testsuites>';
const FAILED = `<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>`;
const COVERAGE = JSON.stringify({ total: { lines: { total: 200, covered: 171, pct: 85.5 } } });

let folder: string;
const runner = createTestRunner();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the build', () => {
  const build = (script: string | null, timeoutMs = 10_000) =>
    runner.build(
      {
        build: { command: script === null ? null : node(script), timeoutMs },
        folder,
        parallelJobs: 3,
      },
      signal(),
    );

  it('is its exit code and its time', async () => {
    const ended = await build(`process.exit(process.env.BELAY_PARALLEL_JOBS === '3' ? 0 : 9)`);
    expect(ended).toEqual({
      succeeded: true,
      reason: null,
      durationMs: expect.any(Number) as number,
    });
  });

  it('is nothing where no command is configured', async () => {
    expect(await build(null)).toBeNull();
  });

  it('failed, without a word of what it printed', async () => {
    const ended = await build(`console.error('${GITHUB_TOKEN}'); process.exit(2)`);
    expect(ended).toMatchObject({ succeeded: false, reason: 'the command exited with code 2' });
  });

  it('failed where it takes too long', async () => {
    const ended = await build('setInterval(() => {}, 1000)', 300);
    expect(ended).toMatchObject({ succeeded: false });
    expect(ended?.reason).toContain('took longer than');
  });
});

describe('unit tests', () => {
  it('pass by exit code and report, with their coverage', async () => {
    expect(await unit(writes({ 'report.xml': PASSED, 'coverage.json': COVERAGE }))).toEqual({
      suite: 'unit',
      source: 'command',
      outcome: 'passed',
      reason: null,
      counts: { passed: 2, failed: 0, errored: 0, skipped: 0 },
      lineCoveragePercent: 85.5,
      failedTests: [],
      durationMs: expect.any(Number) as number,
    });
  });

  it('fail where the report says so, although the command exited with 0', async () => {
    expect(await unit(writes({ 'report.xml': FAILED }))).toMatchObject({
      outcome: 'failed',
      reason: '1 of 2 tests failed',
      counts: { passed: 1, failed: 1 },
      failedTests: ['b'],
    });
  });

  it('fail where the command says so, although the report names no failure: it is not believed', async () => {
    expect(
      await unit(writes({ 'report.xml': PASSED, 'coverage.json': COVERAGE }, 1)),
    ).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('code 1') as string,
      counts: null,
      lineCoveragePercent: null,
    });
  });

  it('fail with the counts of the report where both say so', async () => {
    expect(await unit(writes({ 'report.xml': FAILED }, 1))).toMatchObject({
      outcome: 'failed',
      counts: { passed: 1, failed: 1 },
    });
  });

  it.each([
    ['is not written', {}, 'not there'],
    ['is empty', { 'report.xml': '' }, 'empty'],
    ['is cut off', { 'report.xml': PASSED.slice(0, 60) }, 'cut off'],
    ['names no test', { 'report.xml': '<testsuites/>' }, 'no test'],
    ['is an HTML page', { 'report.xml': '<!doctype html><html></html>' }, 'HTML'],
  ])('are missing, not passed, where the report %s', async (_case, files, reason) => {
    expect(await unit(writes(files))).toMatchObject({
      outcome: 'missing',
      reason: expect.stringContaining(reason) as string,
      counts: null,
    });
  });

  it('are missing where the report is of an earlier run', async () => {
    await writeFile(join(folder, 'report.xml'), PASSED);
    expect(await unit(node(''))).toMatchObject({
      outcome: 'missing',
      reason: expect.stringContaining('stale') as string,
    });
  });

  it('count where the same report is written again', async () => {
    await writeFile(join(folder, 'report.xml'), PASSED);
    await utimes(join(folder, 'report.xml'), 1, 1);
    expect(await unit(writes({ 'report.xml': PASSED }))).toMatchObject({ outcome: 'passed' });
  });

  it('measure no coverage from an earlier run', async () => {
    await writeFile(join(folder, 'coverage.json'), COVERAGE);
    expect(await unit(writes({ 'report.xml': PASSED }))).toMatchObject({
      outcome: 'passed',
      lineCoveragePercent: null,
      reason: expect.stringContaining('stale') as string,
    });
  });

  it('are missing where there is no such command, and failed where it hangs', async () => {
    expect(await unit(['belay-no-such-program'])).toMatchObject({ outcome: 'missing' });
    expect(await unit(node('setInterval(() => {}, 1000)'), { timeoutMs: 300 })).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('took longer than') as string,
    });
  });

  it('are not believed where they wrote their report and then hang', async () => {
    const [program = '', flag = '', script = ''] = writes({ 'report.xml': PASSED });
    const hangs = [
      program,
      flag,
      `${script.replace(/process\.exit.*/, '')}; setInterval(() => {}, 1000)`,
    ];
    expect(await unit(hangs, { timeoutMs: 700 })).toMatchObject({
      outcome: 'failed',
      counts: null,
    });
  });

  it('name what failed without secrets, known by their shape or by the caller', async () => {
    const report = `<testsuite><testcase name="logs in ${GITHUB_TOKEN} as alice"><failure/></testcase></testsuite>`;
    const careful = createTestRunner({ redact: (text) => text.replace('alice', '***') });
    const order = orderOf({ unit: unitPolicy(writes({ 'report.xml': report }, 1)) });
    const evidence = await careful.test('unit', order, signal());
    expect(evidence?.failedTests).toEqual(['logs in [redacted] as ***']);
  });

  it('find artifact, digest and parallelism in their environment', async () => {
    await unit(
      node(`const { BELAY_ARTIFACT, BELAY_ARTIFACT_DIGEST, BELAY_PARALLEL_JOBS } = process.env;
        require('node:fs').writeFileSync('env.json', JSON.stringify([BELAY_ARTIFACT, BELAY_ARTIFACT_DIGEST, BELAY_PARALLEL_JOBS]))`),
    );
    const env = JSON.parse(await readFile(join(folder, 'env.json'), 'utf8')) as unknown;
    expect(env).toEqual(['/the/copy', ARTIFACT, '3']);
  });

  it('stop with the signal', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('nobody waits')), 200);
    const order = orderOf({ unit: unitPolicy(node('setInterval(() => {}, 1000)')) });
    await expect(runner.test('unit', order, controller.signal)).rejects.toThrow('nobody waits');
  });
});

describe('integration tests', () => {
  const report = (name: string) => `'<testsuite><testcase name="' + ${name} + '"/></testsuite>'`;

  it('run once for each environment, after their data were seeded', async () => {
    const evidence = await integration({
      seed: node(
        `require('node:fs').appendFileSync('log', 'seed ' + process.env.BELAY_TEST_ENVIRONMENT + ';')`,
      ),
      command:
        node(`const { BELAY_TEST_ENVIRONMENT: one, BELAY_TEST_ENVIRONMENTS: all } = process.env;
        const fs = require('node:fs'); fs.appendFileSync('log', 'test ' + one + ' of ' + all + ';');
        fs.writeFileSync('report.xml', ${report('one')})`),
      environments: ['staging', 'production'],
    });
    expect(evidence).toMatchObject({ outcome: 'passed', counts: { passed: 2 }, source: 'command' });
    expect(await readFile(join(folder, 'log'), 'utf8')).toBe(
      'seed staging;test staging of staging,production;seed production;test production of staging,production;',
    );
  });

  it('are missing where the data could not be seeded; the command does not run', async () => {
    const evidence = await integration({
      seed: node('process.exit(3)'),
      command: writes({ 'report.xml': PASSED }),
    });
    expect(evidence).toMatchObject({
      outcome: 'missing',
      reason: 'the data were not seeded: the command exited with code 3',
    });
    await expect(readFile(join(folder, 'report.xml'))).rejects.toThrow('ENOENT');
  });

  it('are missing where one environment wrote no report of its own', async () => {
    const evidence = await integration({
      command: node(`if (process.env.BELAY_TEST_ENVIRONMENT === 'staging')
        require('node:fs').writeFileSync('report.xml', ${report("'a'")})`),
      environments: ['staging', 'production'],
    });
    expect(evidence).toMatchObject({
      outcome: 'missing',
      reason: expect.stringMatching(/^production: .*stale/) as string,
      counts: null,
    });
  });

  it('fail where one environment does, and say which', async () => {
    const evidence = await integration({
      command: node(`require('node:fs').writeFileSync('report.xml',
        process.env.BELAY_TEST_ENVIRONMENT === 'staging' ? '${PASSED}' : '${FAILED}')`),
      environments: ['staging', 'production'],
    });
    expect(evidence).toMatchObject({
      outcome: 'failed',
      counts: { passed: 3, failed: 1 },
      failedTests: ['production: b'],
    });
  });
});

function unit(
  command: readonly string[],
  change: Partial<UnitTestPolicy> = {},
): Promise<TestEvidence | null> {
  return runner.test('unit', orderOf({ unit: unitPolicy(command, change) }), signal());
}

function unitPolicy(
  command: readonly string[],
  change: Partial<UnitTestPolicy> = {},
): UnitTestPolicy {
  const reportPath = join(folder, 'report.xml');
  const coveragePath = join(folder, 'coverage.json');
  return { command, timeoutMs: 10_000, reportPath, coveragePath, parallel: true, ...change };
}

function integration(change: Partial<IntegrationTestPolicy>): Promise<TestEvidence | null> {
  const policy: IntegrationTestPolicy = {
    ...{ command: [], timeoutMs: 10_000, reportPath: join(folder, 'report.xml'), seed: null },
    environments: ['staging'],
    ...change,
  };
  return runner.test('integration', orderOf({ integration: policy }), signal());
}

interface Tests {
  readonly unit?: UnitTestPolicy;
  readonly integration?: IntegrationTestPolicy;
}

function orderOf({ unit: unit_, integration: integration_ }: Tests) {
  return {
    tests: { unit: unit_ ?? null, integration: integration_ ?? null, evidence: [] },
    ...{ folder, parallelJobs: 3, artifact: ARTIFACT, commit: COMMIT, root: '/the/copy' },
  };
}

function writes(files: Readonly<Record<string, string>>, code = 0): readonly string[] {
  return node(`for (const [name, text] of Object.entries(${JSON.stringify(files)}))
    require('node:fs').writeFileSync(name, text);
    process.exit(${code})`);
}

function node(script: string): readonly string[] {
  return [process.execPath, '-e', script];
}

function signal(): AbortSignal {
  return new AbortController().signal;
}
