import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeInventory } from '../../../src/adapters/inspection/inventory/take-inventory';
import { withExternalTools } from '../../../src/adapters/scanners/external/with-external-tools';
import { defaultChecks } from '../../../src/config/checks';
import { incompleteBecause } from '../../../src/domain/checks/completeness';
import type { CheckPolicy, ExternalTool } from '../../../src/domain/checks/policy';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../src/domain/checks/scan-reports';
import type { CheckContext, CheckSubject } from '../../../src/ports/check-subject';
import type { Scanner } from '../../../src/ports/scanner';

type RunTool = Extract<ExternalTool, { kind: 'run' }>;

const KEY = Buffer.alloc(32, 7);
const COMPLETED: ScanReport = {
  ...notApplicable('secrets', 'x'),
  ...{ status: 'completed', reason: null, covered: 3, total: 3, probe: 'hit' },
};
const REPORT = log([{ ruleId: 'a-rule', locations: [at('src/a.ts')] }]);

let root: string;
let folder: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'belay-root-')));
  folder = await realpath(await mkdtemp(join(tmpdir(), 'belay-test-')));
  await put('src/a.ts', 'const a = 1;\n');
});
afterEach(async () => {
  for (const path of [root, folder]) await rm(path, { recursive: true, force: true });
});

describe('a tool that is run', () => {
  it('adds its findings to those of the scanner', async () => {
    const report = await scan([await tool(writes(REPORT))]);
    expect(report).toMatchObject({ status: 'completed', reason: null, covered: 3, total: 3 });
    expect(report.findings).toMatchObject([
      { scanner: 'secrets', ruleId: 'a-tool/a-rule', location: { path: 'src/a.ts', line: 1 } },
    ]);
  });

  it('sees an empty folder and an empty home, a scrubbed environment, and paths in place of words', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'x';
    const seen = join(folder, 'seen.json');
    await scan([
      await tool(`const fs = require('node:fs');
        fs.writeFileSync('${seen}', JSON.stringify({
          cwd: process.cwd(), files: fs.readdirSync('.'), home: fs.readdirSync(process.env.HOME),
          names: Object.keys(process.env), words: process.argv.slice(2) }));
        ${writes(REPORT)}`),
    ]);
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    const { cwd, files, home, names, words } = JSON.parse(await readFile(seen, 'utf8')) as {
      cwd: string;
      files: string[];
      home: string[];
      names: string[];
      words: string[];
    };
    expect([files, home]).toEqual([[], []]);
    expect(cwd.startsWith(root)).toBe(false);
    expect(words).toEqual([`--source=${root}`, expect.stringMatching(/report\.sarif$/)]);
    expect(words[1]?.startsWith(root)).toBe(false);
    expect(names).not.toContain('AWS_SECRET_ACCESS_KEY');
  });

  it.each<[string, string, Partial<RunTool>, string, string]>([
    ['wrote no report', 'process.exit(0)', {}, 'failed', 'not there'],
    ['wrote a report that is cut off', writes(REPORT.slice(0, 40)), {}, 'failed', 'cut off'],
    ['printed it instead', `console.log('{"version":"2.1.0"}')`, {}, 'failed', 'not there'],
    [
      'wrote a report without results',
      writes(JSON.stringify({ version: '2.1.0', runs: [] })),
      {},
      'failed',
      'no run',
    ],
    [
      'exited with another code',
      `${writes(REPORT)}; process.exit(2)`,
      {},
      'failed',
      'exited with 2',
    ],
    ['hung', 'setInterval(() => {}, 1000)', { timeoutMs: 300 }, 'timed-out', 'longer than 300 ms'],
    ['is not there', '', { command: ['belay-no-such-tool'] }, 'unavailable', 'not found'],
    ['is named by a relative path', '', { command: ['./tool'] }, 'failed', 'absolute path'],
    [
      'is another one than is pinned',
      writes(REPORT),
      { sha256: 'ab'.repeat(32) },
      'failed',
      'pinned',
    ],
  ])('makes the scan incomplete where it %s', async (...[, script, change, status, reason]) => {
    const report = await scan([{ ...(await tool(script)), ...change }]);
    expect(report).toMatchObject({
      status,
      reason: expect.stringContaining(reason) as string,
      findings: [],
      covered: 3,
      total: 4,
    });
    expect(report.reason).toMatch(/^a-tool: /);
  });

  it('may exit with every code that means that it looked', async () => {
    const one = { ...(await tool(`${writes(REPORT)}; process.exit(1)`)), exitCodes: [0, 1] };
    expect(await scan([one])).toMatchObject({ status: 'completed', findings: [{}] });
  });

  it('is only remarked where it is not required', async () => {
    const one = { ...(await tool('process.exit(9)')), required: false };
    const report = await scan([one]);
    expect(report).toMatchObject({ status: 'completed', reason: null });
    expect(report.skipped).toContainEqual({
      target: 'a-tool',
      reason: expect.stringContaining('exited with 9') as string,
      allowed: true,
    });
  });

  it('is pinned by the content behind every link, and said to be loose where it is not', async () => {
    const one = await tool(writes(REPORT));
    const [program = '', ...words] = one.command;
    const sha256 = createHash('sha256')
      .update(await readFile(program))
      .digest('hex');
    await symlink(program, join(folder, 'link'));
    const pinned = await scan([{ ...one, command: [join(folder, 'link'), ...words], sha256 }]);
    expect(pinned).toMatchObject({ status: 'completed', skipped: [] });
    expect((await scan([one])).skipped).toMatchObject([
      { reason: expect.stringContaining('not pinned') as string, allowed: true },
    ]);
  });

  it('is never one that lies in what is scanned, not even by a link', async () => {
    const one = await tool(writes(REPORT));
    const [program = '', ...words] = one.command;
    await put('tool', await readFile(program, 'utf8'));
    await chmod(join(root, 'tool'), 0o755);
    await symlink(join(root, 'tool'), join(folder, 'link'));
    for (const command of [join(root, 'tool'), join(folder, 'link')])
      expect(await scan([{ ...one, command: [command, ...words] }])).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining('inside of what is scanned') as string,
      });
  });

  it('does not see settings of tools in the tree; the places stay the same', async () => {
    for (const name of ['.gitleaks.toml', 'deep/.semgrepignore', '.trivyignore', '.npmrc'])
      await put(name, 'everything is allowed');
    const seen = join(folder, 'seen.json');
    const report = await scan([
      await tool(`const fs = require('node:fs');
        const source = process.argv[2].slice('--source='.length);
        fs.writeFileSync('${seen}', JSON.stringify(fs.readdirSync(source, { recursive: true }).sort()));
        const report = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } },
          results: [{ ruleId: 'a-rule', locations: [{ physicalLocation: { artifactLocation: { uri: source + '/src/a.ts' }, region: { startLine: 1 } } }] }] }] });
        fs.writeFileSync(process.argv[3], report)`),
    ]);
    expect(JSON.parse(await readFile(seen, 'utf8'))).toEqual(['.npmrc', 'src', 'src/a.ts']);
    expect(report.findings).toMatchObject([{ location: { path: 'src/a.ts', line: 1 } }]);
    expect(report.skipped).toContainEqual(
      expect.objectContaining({ reason: 'settings of tools in the tree were withheld: 3' }),
    );
  });

  it('is ended with the scan', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('nobody waits')), 300);
    const tools = [await tool('setInterval(() => {}, 1000)')];
    await expect(scan(tools, COMPLETED, { signal: controller.signal })).rejects.toThrow(
      'nobody waits',
    );
  });

  it('shows that it is alive while it runs', async () => {
    const said: number[][] = [];
    await scan([await tool(`setTimeout(() => { ${writes(REPORT)} }, 1500)`)], COMPLETED, {
      progress: (...counts) => said.push(counts),
    });
    expect(said).toContainEqual([2, 3]);
    expect(said.length).toBeGreaterThan(1);
  });
});

describe('a report that was written elsewhere', () => {
  const imported = async (text: string): Promise<ExternalTool> => {
    await writeFile(join(folder, 'ci.sarif'), text);
    return {
      ...{ kind: 'import', name: 'ci', scanner: 'secrets' },
      path: join(folder, 'ci.sarif'),
      required: true,
    };
  };

  it('adds its findings', async () => {
    expect((await scan([await imported(REPORT)])).findings).toMatchObject([
      { ruleId: 'ci/a-rule' },
    ]);
  });

  it('makes the scan incomplete where it proves nothing', async () => {
    expect(await scan([await imported('{}')])).toMatchObject({ status: 'failed', findings: [] });
  });

  it('makes the scan incomplete where evidence of CI names it for other bytes', async () => {
    const one = await imported(REPORT);
    const artifact = `sha256:${'a'.repeat(64)}` as const;
    const document = (about: string) => ({
      ...{
        schemaVersion: 1,
        subject: { artifact: about, commit: null },
        createdAt: new Date().toISOString(),
      },
      reports: [
        {
          kind: 'sarif',
          suite: null,
          path: 'ci.sarif',
          bytes: REPORT.length,
          measured: {},
          sha256: createHash('sha256').update(REPORT).digest('hex'),
        },
      ],
    });
    const tests = { ...policyWith([]).tests, evidence: [join(folder, 'evidence.json')] };
    const subject = { policy: { ...policyWith([one]), tests }, artifact };
    await writeFile(join(folder, 'evidence.json'), JSON.stringify(document(artifact)));
    expect(await scan([one], COMPLETED, {}, subject)).toMatchObject({ status: 'completed' });
    await writeFile(
      join(folder, 'evidence.json'),
      JSON.stringify(document(`sha256:${'b'.repeat(64)}`)),
    );
    expect(await scan([one], COMPLETED, {}, subject)).toMatchObject({
      status: 'failed',
      reason: 'ci: evidence of CI: it is about another artifact',
    });
  });
});

describe('the scanner', () => {
  it('keeps no results that a foreign tool had a part in', async () => {
    const one = await tool(writes(REPORT));
    const with_ = withExternalTools(scannerOf(COMPLETED), { fingerprintKey: KEY });
    expect(await with_.identity(await subjectOf([one]))).toBeNull();
    expect(await with_.identity(await subjectOf([{ ...one, scanner: 'compliance' }]))).toBe('own');
  });

  it('runs no tool where it is switched off', async () => {
    const one = await tool(`require('node:fs').writeFileSync('${join(folder, 'ran')}', '')`);
    const off = { ...policyWith([one]), scanners: { ...policyWith([]).scanners, secrets: false } };
    const report = await scan([one], notApplicable('secrets', 'switched off'), {}, { policy: off });
    expect(report).toMatchObject({ status: 'not-applicable', reason: 'switched off' });
    await expect(readFile(join(folder, 'ran'))).rejects.toThrow('ENOENT');
  });

  it('has looked where it had nothing to look at itself, but a tool found something', async () => {
    const report = await scan([await tool(writes(REPORT))], notApplicable('secrets', 'no text'));
    expect(report).toMatchObject({ status: 'completed', reason: null, findings: [{}] });
  });

  it('claims no look of its own for what only a tool found, and is complete', async () => {
    const report = await scan([await tool(writes(REPORT))], notApplicable('secrets', 'no text'));
    expect(report).toMatchObject({ covered: 0, total: 0, probe: 'none' });
    expect(incompleteBecause(report)).toBeNull();
  });

  it('is incomplete where only one of two required tools found something in its place', async () => {
    const tools = [await tool(writes(REPORT)), { ...(await tool('process.exit(9)')), name: 'b' }];
    const report = await scan(tools, notApplicable('secrets', 'no text'));
    expect(report).toMatchObject({ status: 'failed', covered: 0, total: 1, findings: [{}] });
    expect(incompleteBecause(report)).toContain('b: it exited with 9');
  });

  it('stays as incomplete as it was, and says both reasons', async () => {
    const own = unanswered('secrets', 'timed-out', { reason: 'too slow', total: 3 });
    const report = await scan([await tool('process.exit(9)')], own);
    expect(report).toMatchObject({ status: 'timed-out' });
    expect(report.reason).toMatch(/^too slow; a-tool: it exited with 9/);
  });
});

async function scan(
  tools: readonly ExternalTool[],
  own: ScanReport = COMPLETED,
  ...[context = {}, subject = {}]: [Partial<CheckContext>?, Partial<CheckSubject>?]
): Promise<ScanReport> {
  const scanner = withExternalTools(scannerOf(own), { fingerprintKey: KEY });
  return scanner.scan(
    { ...(await subjectOf(tools)), ...subject },
    { signal: new AbortController().signal, progress: () => undefined, ...context },
  );
}

function scannerOf(report: ScanReport): Scanner {
  return {
    name: 'secrets',
    identity: async () => 'own',
    scan: async (_subject, { progress }) => {
      progress(2, 3);
      return report;
    },
  };
}

async function subjectOf(tools: readonly ExternalTool[]): Promise<CheckSubject> {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const { facts } = defaultChecks();
  return {
    root,
    inventory: await takeInventory(root, context),
    artifact: null,
    policy: policyWith(tools),
    facts,
  };
}

function policyWith(tools: readonly ExternalTool[]): CheckPolicy {
  return { ...defaultChecks().policy, tools };
}

/** An executable file; its first word is the root, its second the report. */
async function tool(script: string): Promise<RunTool> {
  const program = join(
    folder,
    `tool-${createHash('sha256').update(script).digest('hex').slice(0, 8)}`,
  );
  await writeFile(program, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  return {
    ...{ kind: 'run', name: 'a-tool', scanner: 'secrets', sha256: null, required: true },
    ...{ command: [program, '--source={root}', '{report}'], timeoutMs: 10_000, exitCodes: [0] },
  };
}

function writes(report: string): string {
  return `require('node:fs').writeFileSync(process.argv[3], ${JSON.stringify(report)})`;
}

function log(results: readonly object[]): string {
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a' } }, results }] });
}

function at(uri: string): object {
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } };
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
