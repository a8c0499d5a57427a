import { mkdir, mkdtemp, rm, symlink, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSecretScanner,
  type SecretScannerOptions,
} from '../../../src/adapters/scanners/secrets/secret-scanner';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import type { CheckContext, CheckSubject } from '../../../src/ports/check-subject';
import { PLACEHOLDERS } from './secret-placeholders';
import { type Files, writeSubject } from './secret-subject';

/** Put together at run time, so that no file of this repository looks like one that holds a secret. */
const GITHUB_TOKEN = ['ghp', 'Zz9Yy8Xx7Ww6'.repeat(3)].join('_');
const AWS_KEY_ID = ['AKIA', 'QWERTYUIOPASDFGH'].join('');
const PRIVATE_KEY = ['BEGIN', 'END']
  .map((word) => `-----${word} RSA PRIVATE KEY-----`)
  .join(`\n${'MIIEq7Zr2Xw9Kd4M'.repeat(10)}\n`);
const KEY = Buffer.alloc(32, 7);

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-secrets-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('secret scanner', () => {
  it('finds planted secrets with their file and line', async () => {
    const report = await scan({
      'config/deploy.env': `NAME=shop\nGITHUB=${GITHUB_TOKEN}\n`,
      'lib/keys.js': `module.exports = \`${PRIVATE_KEY}\`;\n`,
      'aws.txt': `id ${AWS_KEY_ID}\n`,
      'server.js': 'console.log(1);\n',
    });
    expect(report).toMatchObject({ status: 'completed', probe: 'hit', covered: 4, total: 4 });
    expect(places(report)).toEqual([
      ['aws.txt', 1, 'secrets/aws-access-key-id', 'critical'],
      ['config/deploy.env', 2, 'secrets/github-token', 'critical'],
      ['lib/keys.js', 1, 'secrets/private-key', 'critical'],
    ]);
  });

  it('says what it is, how to fix it, and who found it', async () => {
    const report = await scan({ 'a.env': `GITHUB=${GITHUB_TOKEN}\n` });
    expect(report.findings).toEqual([
      {
        scanner: 'secrets',
        ruleId: 'secrets/github-token',
        severity: 'critical',
        severityFrom: 'rule',
        title: 'A GitHub personal access token.',
        location: { path: 'a.env', line: 1, resource: null },
        fingerprint: expect.stringMatching(/^v1:[0-9a-f]{32}$/) as string,
        state: 'active',
        suppression: null,
        aliases: [],
        component: null,
        fix: {
          key: 'rotate:secrets/github-token:a.env',
          sentence: 'Revoke it and remove it from a.env.',
        },
        cvss: null,
        sources: ['belay', 'secretlint'],
      },
    ]);
  });

  it('passes a tree without secrets, with its probe hit and everything covered', async () => {
    const report = await scan({ 'server.js': 'console.log(process.env.PASSWORD);\n' });
    expect(report).toMatchObject({
      status: 'completed',
      reason: null,
      probe: 'hit',
      covered: 1,
      total: 1,
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

  it.each([
    [
      'an ignore file',
      { '.secretlintignore': '**\n', '.gitignore': '*\n', '.gitleaksignore': '*\n' },
    ],
    [
      'a configuration',
      {
        '.secretlintrc.json': '{"rules": []}\n',
        '.gitleaks.toml': '[allowlist]\npaths = [".*"]\n',
      },
    ],
  ])('is not switched off by %s in the tree', async (_what, ignoring) => {
    const report = await scan({ ...ignoring, 'a.env': `GITHUB=${GITHUB_TOKEN}\n` });
    expect(places(report).map(([path]) => path)).toEqual(['a.env']);
  });

  it.each([
    `# secretlint-disable\nGITHUB=${GITHUB_TOKEN}\n`,
    `// secretlint-disable-next-line\nconst t = "${GITHUB_TOKEN}";\n`,
    `/* secretlint-disable */ const t = "${GITHUB_TOKEN}";\n`,
    `const t = "${GITHUB_TOKEN}"; // gitleaks:allow secretlint-disable-line\n`,
    `password: ${GITHUB_TOKEN} # pragma: allowlist secret, nosec\n`,
  ])('is not switched off by a comment in the file: %#', async (text) => {
    expect((await scan({ 'a.txt': text })).findings).toHaveLength(1);
  });

  it('finds a secret in a text of two bytes a character', async () => {
    const little = Buffer.from(`\ufeffGITHUB=${GITHUB_TOKEN}\n`, 'utf16le');
    const big = Buffer.from(little).swap16();
    const report = await scan({ 'a.env': little, 'b.env': big });
    expect(report).toMatchObject({ status: 'completed', covered: 2 });
    expect(places(report).map(([path, line]) => [path, line])).toEqual([
      ['a.env', 1],
      ['b.env', 1],
    ]);
  });

  it('finds a secret in a script that holds a zero byte', async () => {
    const report = await scan({ 'a.js': `// \0\nconst t = "${GITHUB_TOKEN}";\n` });
    expect(places(report)).toHaveLength(1);
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
    expect(places(report)).toEqual([
      ['.env', 1, 'secrets/generic-key', 'low'],
      ['Dockerfile', 2, 'secrets/generic-password', 'low'],
      ['app.js', 1, 'secrets/generic-password', 'low'],
    ]);
  });

  it('is not alarmed by placeholders, references and checksums', async () => {
    const report = await scan(
      Object.fromEntries(PLACEHOLDERS.map((text, index) => [`${index}.txt`, text])),
    );
    expect(places(report)).toEqual([]);
  });

  it('makes one finding of the same secret twice, on its first line', async () => {
    const report = await scan({ 'a.env': `\nA=${GITHUB_TOKEN}\nB=${GITHUB_TOKEN}\n` });
    expect(places(report)).toEqual([['a.env', 2, 'secrets/github-token', 'critical']]);
  });

  it('tells the lines of a long text right, and nothing twice', async () => {
    const tokens = Array.from(
      { length: 60 },
      (_one, index) => `${GITHUB_TOKEN.slice(0, -2)}${index + 10}`,
    );
    const filler = 'const a = { b: 1, c: "d" };\n'.repeat(2_000);
    const report = await scan({
      'a.js': tokens.map((token) => `t = "${token}";\n${filler}`).join(''),
    });
    expect(report.findings.map(({ location }) => location?.line)).toEqual(
      tokens.map((_token, index) => 1 + index * 2_001),
    );
  });

  it('looks at the environment of the configuration like at a file', async () => {
    const report = await scan({ 'a.js': '1;\n' }, {}, { NAME: 'shop', TOKEN: GITHUB_TOKEN });
    expect(report).toMatchObject({ covered: 2, total: 2 });
    expect(places(report)).toEqual([['belay.yaml (env)', 2, 'secrets/github-token', 'critical']]);
  });

  it('looks at the command of the configuration like at a file', async () => {
    const subject = await writeSubject(home, { 'a.js': '1;\n' });
    const command = ['node', 'server.js', `--github=${GITHUB_TOKEN}`];
    const report = await scanSubject({ ...subject, facts: { ...subject.facts, command } });
    expect(report).toMatchObject({ covered: 2, total: 2 });
    expect(places(report)).toEqual([['belay.yaml (run)', 1, 'secrets/github-token', 'critical']]);
  });

  it.each([
    ['the name of an archive', ''],
    ['the name and the first letters of one', 'BZh'],
  ])('looks into a text that has %s', async (_what, begin) => {
    const report = await scan({ 'keys.zip': `${begin}\nGITHUB=${GITHUB_TOKEN}\n` });
    expect(places(report)).toEqual([['keys.zip', 2, 'secrets/github-token', 'critical']]);
  });

  it('looks into a text with a mark of 16 bits that it does not have', async () => {
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`\nA=${GITHUB_TOKEN}\n`)]);
    expect(places(await scan({ 'a.env': text }))).toHaveLength(1);
  });

  it('knows stores of private keys by their names', async () => {
    const report = await scan({ 'certs/server.p12': Buffer.from([48, 0, 1, 2]) });
    expect(places(report)).toEqual([['certs/server.p12', null, 'secrets/key-store', 'high']]);
  });

  it('keeps the fingerprint when the line moves or its end changes, and no other', async () => {
    const fingerprints = async (text: string) =>
      (await scan({ 'a.env': text })).findings.map(({ fingerprint }) => fingerprint);
    const [first] = await fingerprints(`A=${GITHUB_TOKEN}\n`);
    expect(await fingerprints(`# moved\r\n\r\nA=${GITHUB_TOKEN}\r\n`)).toEqual([first]);
    expect(await fingerprints(`A=${GITHUB_TOKEN.slice(0, 20)}`)).not.toEqual([first]);
    expect(await fingerprints(`A=${['ghp', 'Qq1Ww2Ee3Rr4'.repeat(3)].join('_')}\n`)).not.toEqual([
      first,
    ]);
  });

  it('makes other fingerprints with another key', async () => {
    const files = { 'a.env': `A=${GITHUB_TOKEN}\n` };
    const [one] = (await scan(files)).findings;
    const [other] = (await scan(files, { fingerprintKey: Buffer.alloc(32, 8) })).findings;
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
  });

  it('leaves binary files and archives out of the coverage and says so', async () => {
    const report = await scan({
      'logo.png': Buffer.from([137, 80, 0, 71]),
      'a.zip': Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0x9c, 0xe1, 0x83, 0xb2]),
      'server.js': '1;\n',
    });
    expect(report).toMatchObject({
      status: 'completed',
      covered: 1,
      total: 1,
      skipped: [
        { target: 'a.zip', reason: 'an archive, which is not opened', allowed: true },
        { target: 'logo.png', reason: 'binary file', allowed: true },
      ],
    });
  });

  it('finds what lies in a text with a zero byte, and in 16 bits without a mark', async () => {
    const line = `TOKEN=${GITHUB_TOKEN}\n`;
    const report = await scan({
      'run.sh': `# \0\n${line}${'echo a line that says nothing\n'.repeat(9)}`,
      'notes.txt': Buffer.from(line, 'utf16le'),
    });
    const places = report.findings.map(({ location }) => location?.path);
    expect(new Set(places)).toEqual(new Set(['run.sh', 'notes.txt']));
  });

  it('is partial where a text is too large to be scanned', async () => {
    const report = await scan(
      { 'bundle.js': 'x'.repeat(2_000), 'logo.png': Buffer.from([0]), 'server.js': '1;\n' },
      { maxTextBytes: 1_000 },
    );
    expect(report).toMatchObject({ status: 'partial', covered: 1, total: 2 });
    expect(report.reason).toBe('1 of 2 texts were not scanned');
    expect(report.skipped[0]).toEqual({
      target: 'bundle.js',
      reason: 'a text of 2000 bytes, more than 1000',
      allowed: false,
    });
  });

  it('does not read a text of 1 GiB', async () => {
    const subject = await writeSubject(home, { 'huge.js': 'let a;\n' });
    await truncate(join(home, 'huge.js'), 1 << 30);
    expect(await scanSubject(subject)).toMatchObject({ status: 'partial', covered: 0, total: 1 });
  });

  it('finds what lies far behind in a line of many megabytes', async () => {
    const report = await scan({
      'bundle.js': `${'a=[1,"b"],'.repeat(600_000)};t="${GITHUB_TOKEN}";${'c(d);'.repeat(200_000)}`,
    });
    expect(report).toMatchObject({ status: 'completed', covered: 1 });
    expect(places(report)).toEqual([['bundle.js', 1, 'secrets/github-token', 'critical']]);
  });

  it('is partial where a file of the inventory is not there, or is a link', async () => {
    const subject = await writeSubject(home, { 'a.js': '1;\n', 'b.js': '2;\n', 'c.js': '3;\n' });
    await rm(join(home, 'a.js'));
    await rm(join(home, 'b.js'));
    await symlink('/etc/hostname', join(home, 'b.js'));
    expect(await scanSubject(subject)).toMatchObject({
      status: 'partial',
      covered: 1,
      total: 3,
      skipped: [
        { target: 'a.js', reason: 'could not be scanned (ENOENT)', allowed: false },
        { target: 'b.js', reason: 'could not be scanned (ELOOP)', allowed: false },
      ],
    });
  });

  it('is partial where the inventory could not list everything', async () => {
    const subject = await writeSubject(home, { 'a.js': '1;\n' });
    const unlisted = [{ path: 'locked', reason: 'it may not be read' }];
    const report = await scanSubject({ ...subject, inventory: { ...subject.inventory, unlisted } });
    expect(report).toMatchObject({
      status: 'partial',
      covered: 1,
      total: 2,
      skipped: [{ target: 'locked', reason: 'it may not be read', allowed: false }],
    });
  });

  it('ends threads that take too long, and says so', async () => {
    const report = await scan({ 'a.js': 'b;\n'.repeat(3_000_000) }, { timeoutMs: 20 });
    expect(report).toMatchObject({ status: 'timed-out', probe: 'miss', covered: 0, total: 1 });
    expect(report.reason).toContain('took longer than 20 ms');
  });

  it('ends its threads when nobody waits any more', async () => {
    const subject = await writeSubject(home, { 'a.js': 'b;\n'.repeat(3_000_000) });
    const controller = new AbortController();
    const running = scanSubject(subject, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 20);
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
    const subject = await writeSubject(home, files);
    await scanSubject(subject, { progress: (done, total) => said.push([done, total]) });
    expect(said[0]).toEqual([0, 300]);
    expect(said.length).toBeGreaterThan(1);
  });

  it('names tool and rules, and names them anew for another key', async () => {
    const subject = await writeSubject(home, {});
    const identity = (fingerprintKey: Uint8Array) =>
      createSecretScanner({ fingerprintKey }).identity(subject);
    expect(await identity(KEY)).toBe(await identity(KEY));
    expect(await identity(KEY)).not.toBe(await identity(Buffer.alloc(32, 8)));
  });
});

type Options = Partial<SecretScannerOptions & CheckContext>;

async function scan(
  files: Files,
  options: Options = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ScanReport> {
  await mkdir(home, { recursive: true });
  return scanSubject(await writeSubject(home, files, env), options);
}

function scanSubject(
  subject: CheckSubject,
  { signal = new AbortController().signal, progress = () => undefined, ...options }: Options = {},
): Promise<ScanReport> {
  const scanner = createSecretScanner({ fingerprintKey: KEY, ...options });
  return scanner.scan(subject, { signal, progress });
}

function places({ findings }: ScanReport) {
  return findings
    .map(({ location, ruleId, severity }) => [location?.path, location?.line, ruleId, severity])
    .sort();
}
