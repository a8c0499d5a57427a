import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFileArtifactStore } from '../../../src/adapters/artifacts/file-artifact-store';
import {
  createSecretScanner,
  type SecretScannerOptions,
} from '../../../src/adapters/scanners/secretlint/secret-scanner';
import { buildScanWorker } from './scan-worker-build';

/** Put together at run time, so that no file of this repository looks like one that holds a secret. */
const GITHUB_TOKEN = ['ghp', 'Zz9Yy8Xx7Ww6'.repeat(3)].join('_');
const AWS_KEY_ID = ['AKIA', 'QWERTYUIOPASDFGH'].join('');
const PRIVATE_KEY = ['BEGIN', 'END']
  .map((word) => `-----${word} RSA PRIVATE KEY-----`)
  .join(`\n${'MIIE'.repeat(30)}\n`);

let home: string;
let workerPath: string;

beforeAll(async () => {
  workerPath = await buildScanWorker();
});

afterAll(() => rm(dirname(workerPath), { recursive: true, force: true }));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-scan-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('the secret scanner', () => {
  it('finds planted secrets with their file and line', async () => {
    const report = await scan({
      'config/deploy.env': `NAME=shop\nGITHUB=${GITHUB_TOKEN}\n`,
      'lib/keys.js': `module.exports = \`${PRIVATE_KEY}\`;\n`,
      'aws.txt': `id ${AWS_KEY_ID}\n`,
      'server.js': 'console.log(1);\n',
    });
    expect(report).toMatchObject({ status: 'completed', probe: 'hit', covered: 4, applicable: 4 });
    expect(severe(report)).toEqual([
      ['aws.txt', 1, 'aws/AWSAccessKeyID'],
      ['config/deploy.env', 2, 'github/GITHUB_TOKEN'],
      ['lib/keys.js', 1, 'privatekey/PrivateKey'],
    ]);
  });

  it('passes a tree without secrets, with its probe hit and everything covered', async () => {
    const report = await scan({ 'server.js': 'console.log(process.env.PASSWORD);\n' });
    expect(report).toMatchObject({
      status: 'completed',
      reason: null,
      probe: 'hit',
      covered: 1,
      applicable: 1,
      skipped: [],
      findings: [],
    });
  });

  it('shows no part of a secret', async () => {
    const report = await scan({
      'a.env': `GITHUB=${GITHUB_TOKEN}\n`,
      'b.js': 'const password = "tr0ub4dor&3-staple";\n',
    });
    expect(report.findings).toHaveLength(2);
    const text = JSON.stringify(report);
    expect(text).not.toContain(GITHUB_TOKEN.slice(4, 16));
    expect(text).not.toContain('tr0ub4dor');
  });

  it('is not switched off by comments or ignore files in the tree', async () => {
    const report = await scan({
      '.secretlintignore': '**\n',
      '.secretlintrc.json': '{"rules": []}\n',
      'a.env': `# secretlint-disable\nGITHUB=${GITHUB_TOKEN}\n`,
      'b.js': `// secretlint-disable-next-line\nconst t = "${GITHUB_TOKEN}";\n`,
    });
    expect(severe(report).map(([path]) => path)).toEqual(['a.env', 'b.js']);
  });

  it('finds a secret in a text of two bytes a character', async () => {
    const text = Buffer.from(`\ufeffGITHUB=${GITHUB_TOKEN}\n`, 'utf16le');
    expect(severe(await scan({ 'a.env': text }))).toEqual([['a.env', 1, 'github/GITHUB_TOKEN']]);
  });

  it('says nothing about account ids, which are no secrets', async () => {
    const report = await scan({ 'aws.yaml': 'account_id: "1234-5678-9012"\n' });
    expect(report.findings).toEqual([]);
  });

  it('only warns about what generic rules find', async () => {
    const report = await scan({
      'app.js': 'const config = { password: "c0rrect-h0rse-battery" };\n',
      Dockerfile: 'FROM scratch\nENV DB_PASSWORD=hunter2hunter2\n',
      '.env': `SIGNING_KEY=${'0f1e2d3c4b5a6978'.repeat(2)}\n`,
    });
    expect(
      report.findings.map(({ rule, severity, location }) => [
        location?.path,
        location?.line,
        rule,
        severity,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['app.js', 1, 'generic/password', 'low'],
        ['Dockerfile', 2, 'generic/environment', 'low'],
        ['.env', 1, 'generic/hex-key', 'low'],
      ]),
    );
  });

  it('does not take references and placeholders for passwords', async () => {
    const report = await scan({
      'app.js':
        'const a = { password: "${DB_PASSWORD}", secret: "<your secret>", apiKey: "changeme-please" };\n',
      '.env': 'DB_PASSWORD=${VAULT_PASSWORD}\nAPI_KEY=xxxxxxxxxxxx\n',
    });
    expect(report.findings).toEqual([]);
  });

  it('leaves binary files out of the coverage and says so', async () => {
    const report = await scan({ 'logo.png': Buffer.from([137, 80, 0, 71]), 'server.js': '1;\n' });
    expect(report).toMatchObject({
      status: 'completed',
      covered: 1,
      applicable: 1,
      skipped: [{ path: 'logo.png', reason: 'binary file' }],
    });
  });

  it('is incomplete where a text is too large to be scanned', async () => {
    const report = await scan(
      { 'bundle.js': 'x'.repeat(2_000), 'logo.png': Buffer.from([0]), 'server.js': '1;\n' },
      { maxTextBytes: 1_000 },
    );
    expect(report).toMatchObject({ covered: 1, applicable: 2 });
    expect(report.skipped[0]).toEqual({
      path: 'bundle.js',
      reason: 'text of 2000 bytes, more than 1000',
    });
  });

  it('is incomplete where a file of the manifest is not there', async () => {
    const { run, filesPath } = await stored({ 'a.js': '1;\n', 'b.js': '2;\n' });
    await rm(`${filesPath}/a.js`);
    expect(await run()).toMatchObject({ covered: 1, applicable: 2, skipped: [{ path: 'a.js' }] });
  });

  it('has failed when its thread cannot be started', async () => {
    const report = await scan({ 'a.js': '1;\n' }, { workerPath: join(home, 'nowhere.js') });
    expect(report).toMatchObject({ status: 'failed', covered: 0, probe: 'miss' });
    expect(report.reason).toContain('MODULE_NOT_FOUND');
  });

  it('has failed when the thread ends without an answer', async () => {
    const report = await scan(
      { 'a.js': '1;\n' },
      { workerPath: await workerThat('process.exit(0)') },
    );
    expect(report).toMatchObject({
      status: 'failed',
      reason: 'the scanner ended without an answer',
    });
  });

  it('has failed when the known-bad probe is not found', async () => {
    const result = { probe: 'miss', covered: 1, skipped: [], findings: [] };
    const code = `require('node:worker_threads').parentPort.postMessage(${JSON.stringify({ kind: 'result', result })})`;
    const report = await scan({ 'a.js': '1;\n' }, { workerPath: await workerThat(code) });
    expect(report).toMatchObject({ status: 'failed', probe: 'miss' });
  });

  it('ends a thread that takes too long, and has failed', async () => {
    const report = await scan(
      { 'a.js': '1;\n' },
      { workerPath: await workerThat('for (;;);'), timeoutMs: 300 },
    );
    expect(report.status).toBe('failed');
    expect(report.reason).toContain('took longer than 300 ms');
  });

  it('ends its thread when nobody waits any more', async () => {
    const { run } = await stored({ 'a.js': '1;\n' }, { workerPath: await workerThat('for (;;);') });
    const controller = new AbortController();
    const running = run(controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled')), 100);
    await expect(running).rejects.toThrow('cancelled');
  });

  it('shows that it is alive while it scans', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `file-${index}.js`,
        `const a${index} = 1;\n`.repeat(200),
      ]),
    );
    const said: (readonly [number, number])[] = [];
    const { run } = await stored(files);
    await run(undefined, (done, total) => said.push([done, total]));
    expect(said[0]).toEqual([0, 300]);
  });
});

type Files = Readonly<Record<string, string | Buffer>>;

async function scan(files: Files, options: SecretScannerOptions = {}) {
  return (await stored(files, options)).run();
}

async function stored(files: Files, options: SecretScannerOptions = {}) {
  const source = join(home, 'source');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), content);
  }
  const store = createFileArtifactStore({ home });
  const signal = new AbortController().signal;
  const { digest } = await store.put({ kind: 'files', path: source, commit: null }, signal);
  const subject = {
    artifact: digest,
    manifest: await store.manifest(digest),
    filesPath: store.filesPath(digest),
  };
  const scanner = createSecretScanner({ workerPath, ...options });
  const run = (
    until: AbortSignal = signal,
    progress: (done: number, total: number) => void = () => undefined,
  ) => scanner.run(subject, { signal: until, progress });
  return { run, filesPath: subject.filesPath };
}

async function workerThat(code: string): Promise<string> {
  const path = join(home, 'worker.cjs');
  await writeFile(path, code);
  return path;
}

function severe(report: Awaited<ReturnType<typeof scan>>) {
  return report.findings
    .filter(({ severity }) => severity === 'critical')
    .map(({ location, rule }) => [location?.path, location?.line, rule])
    .sort();
}
