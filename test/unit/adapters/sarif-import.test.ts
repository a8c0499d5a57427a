import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  importSarif,
  type Imported,
} from '../../../src/adapters/inspection/reports/sarif/import-sarif';
import type { Finding } from '../../../src/domain/checks/finding';

const SAMPLES = join(__dirname, '../../fixtures/reports');
const KEY = Buffer.alloc(32, 7);
const GITHUB_TOKEN = ['ghp', 'a1B2'.repeat(9)].join('_');

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-root-'));
  folder = await mkdtemp(join(tmpdir(), 'belay-test-'));
  await put('src/settings.ts', 'const one = 1;\nconst two = 2;\neval(input);\n');
});
afterEach(async () => {
  for (const path of [root, folder]) await rm(path, { recursive: true, force: true });
});

describe('a recorded report', () => {
  it.each([
    [
      'gitleaks',
      {
        ruleId: 'gitleaks/generic-api-key',
        severity: 'medium',
        severityFrom: 'source',
        title: 'Detected a Generic API Key.',
        location: { path: 'src/settings.ts', line: 2, resource: null },
      },
    ],
    [
      'osv-scanner',
      {
        ruleId: 'CVE-2099-0001',
        severity: 'critical',
        severityFrom: 'cvss',
        cvss: 9.1,
        aliases: ['CVE-2099-0001'],
        location: { path: 'package-lock.json', line: null, resource: null },
      },
    ],
    [
      'trivy',
      {
        ruleId: 'trivy/DS-0002',
        severity: 'high',
        cvss: 8,
        title: "Image user should not be 'root'",
        location: { path: 'Dockerfile', line: 1, resource: null },
      },
    ],
    [
      'semgrep',
      {
        ruleId: 'semgrep/javascript.lang.security.detect-eval',
        severity: 'high',
        severityFrom: 'source',
        state: 'active',
        suppression: null,
        location: { path: 'src/settings.ts', line: 3, resource: null },
      },
    ],
    [
      'checkov',
      {
        ruleId: 'checkov/CKV_AWS_24',
        severity: 'high',
        location: { path: 'infra/main.tf', line: 1, resource: null },
      },
    ],
  ])('of %s becomes findings, without a word of its messages', async (tool, expected) => {
    const sample = await readFile(join(SAMPLES, `${tool}.sarif`), 'utf8');
    const imported = await importText(sample.replaceAll('{root}', root), tool);
    expect(findingsOf(imported)).toMatchObject([
      { scanner: 'compliance', sources: [tool], state: 'active', ...expected },
    ]);
    expect(JSON.stringify(imported)).not.toContain('PLANTED-VALUE');
    expect(JSON.stringify(imported)).not.toContain(root);
  });
});

describe('a report that does not prove that the tool looked', () => {
  const run = { tool: { driver: { name: 'a-tool' } }, results: [] };
  const with_ = (more: object) => log([{ ...run, ...more }]);

  it.each([
    ['is not there', null, 'not there'],
    ['is empty', '', 'empty'],
    ['is cut off', log([run]).slice(0, -3), 'cut off'],
    ['is an HTML page', '<!doctype html><html></html>', 'cut off'],
    ['is an empty object', '{}', 'no SARIF 2.1.0'],
    ['is an older version', JSON.stringify({ version: '2.0.0', runs: [run] }), 'no SARIF 2.1.0'],
    ['has no runs', JSON.stringify({ version: '2.1.0' }), 'no run'],
    ['has an empty list of runs', log([]), 'no run'],
    ['has a run that is none', log([null]), 'which tool'],
    ['names no tool', log([{ results: [] }]), 'which tool'],
    ['has no results', log([{ tool: run.tool }]), 'no results'],
    ['has null for results', with_({ results: null }), 'no results'],
    ['has a second run without results', log([run, { tool: run.tool }]), 'no results'],
    ['holds a result that is none', with_({ results: [null] }), 'a result that is none'],
    [
      'says that it failed',
      with_({ invocations: [{ executionSuccessful: false }] }),
      'not succeed',
    ],
    [
      'tells an error',
      with_({
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [{ level: 'error', message: { text: 'x' } }],
          },
        ],
      }),
      'an error',
    ],
    [
      'tells a wrong configuration',
      with_({ invocations: [{ toolConfigurationNotifications: [{ level: 'error' }] }] }),
      'an error',
    ],
    [
      'has too many results',
      with_({ results: Array.from({ length: 25_001 }, () => ({})) }),
      '25000',
    ],
  ])('has failed where it %s', async (_case, text, reason) => {
    const imported = text === null ? await importFrom('none.sarif') : await importText(text);
    expect(imported).toEqual({ kind: 'failed', reason: expect.stringContaining(reason) as string });
  });

  it('is not one that found nothing, or that warns', async () => {
    const invocations = [
      { executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning' }] },
    ];
    for (const text of [log([run]), with_({ invocations })])
      expect(await importText(text)).toMatchObject({ kind: 'completed', findings: [] });
  });
});

describe('a result', () => {
  it.each([
    {
      from: 'security-severity of the result first',
      result: { properties: { 'security-severity': '2.0' } },
      rule: { properties: { 'security-severity': '9.8' } },
      expected: { severity: 'low', severityFrom: 'cvss', cvss: 2 },
    },
    {
      from: 'then of its rule',
      result: { level: 'note' },
      rule: { properties: { 'security-severity': 9.8 } },
      expected: { severity: 'critical', severityFrom: 'cvss', cvss: 9.8 },
    },
    {
      from: 'then its level',
      result: { level: 'note' },
      rule: { defaultConfiguration: { level: 'error' } },
      expected: { severity: 'low', severityFrom: 'source', cvss: null },
    },
    {
      from: "then the rule's level",
      result: {},
      rule: { defaultConfiguration: { level: 'error' } },
      expected: { severity: 'high', severityFrom: 'source' },
    },
    {
      from: 'then a warning',
      result: {},
      rule: {},
      expected: { severity: 'medium', severityFrom: 'source' },
    },
    {
      from: 'words of no meaning as high',
      result: { level: 'catastrophic' },
      rule: {},
      expected: { severity: 'high', severityFrom: 'unknown' },
    },
    {
      from: 'no score for 0 and for 11',
      result: { level: 'error', properties: { 'security-severity': '11' } },
      rule: { properties: { 'security-severity': '0.0' } },
      expected: { severity: 'high', severityFrom: 'source', cvss: null },
    },
  ])('takes as severity $from', async ({ result, rule, expected }) => {
    const [finding] = findingsOf(
      await importResults([{ ruleId: 'r', ...result }], [{ id: 'r', ...rule }]),
    );
    expect(finding).toMatchObject(expected);
  });

  it('is active whatever suppression stands in the report', async () => {
    const suppressions = [{ kind: 'external', status: 'accepted', justification: 'no' }];
    const findings = findingsOf(
      await importResults([{ ruleId: 'r', suppressions, baselineState: 'unchanged' }]),
    );
    expect(findings).toMatchObject([{ state: 'active', suppression: null }]);
  });

  it('is none where it says that the rule was kept, or that the problem is gone', async () => {
    const results = [
      { kind: 'pass' },
      { kind: 'notApplicable' },
      { baselineState: 'absent' },
      { kind: 'open' },
    ];
    expect(findingsOf(await importResults(results))).toHaveLength(1);
  });

  it('finds its rule by index, by reference, in an extension, and by the first part of its name', async () => {
    const driver = {
      name: 'a-tool',
      rules: [
        { id: 'a', shortDescription: { text: 'Rule A' } },
        { id: 'b', name: 'RuleB' },
      ],
    };
    const extensions = [{ name: 'pack', rules: [{ id: 'c', name: 'RuleC' }] }];
    const results = [
      { ruleIndex: 0 },
      { rule: { id: 'b' } },
      { rule: { index: 0, toolComponent: { index: 0 } } },
      { ruleId: 'a/part' },
      { ruleId: 'nobody-knows' },
      {},
    ];
    const text = log([{ tool: { driver, extensions }, results }]);
    expect(new Set(findingsOf(await importText(text)).map(({ title }) => title))).toEqual(
      new Set(['Rule A', 'RuleB', 'RuleC', 'nobody-knows', 'unknown-rule']),
    );
  });

  it('has a clean title of one bounded line, without secrets', async () => {
    const text = `\u001b[31mNever\n\u202ewrite ${GITHUB_TOKEN} ${'x'.repeat(500)}`;
    const [finding] = findingsOf(
      await importResults([{ ruleId: 'r' }], [{ id: 'r', shortDescription: { text } }]),
    );
    expect(finding?.title).toMatch(/^\[31mNever write \[redacted\] x{100,200}…$/);
    expect(finding?.title.length).toBeLessThanOrEqual(200);
  });

  it.each([
    ['relative', 'src/settings.ts', 'src/settings.ts'],
    ['with dots', './src/../src/settings.ts', 'src/settings.ts'],
    ['escaped', 'src/with%20space.ts', 'src/with space.ts'],
    ['outside', '../outside.ts', null],
    ['outside, hidden', 'src/../../outside.ts', null],
    ['outside, escaped', '%2e%2e/outside.ts', null],
    ['absolute', '/etc/passwd', null],
    ['absolute, as an address', 'file:///etc/passwd', null],
    ['beside the root', '{root}-other/a.ts', null],
    ['inside the root', '{root}/src/settings.ts', 'src/settings.ts'],
    ['inside the root, as an address', 'file://{root}/src/settings.ts', 'src/settings.ts'],
    ['elsewhere', 'https://example.com/a.ts', null],
    ['of Windows', 'C:\\a.ts', null],
    ['with a control character', 'src/%0aa.ts', null],
    ['wrongly escaped', 'src/%zz.ts', null],
    ['the root itself', '.', null],
    ['very long', 'a/'.repeat(1_000), null],
  ])('is placed inside of the root or nowhere: %s', async (_case, uri, path) => {
    const [finding] = findingsOf(await importResults([at(uri.replace('{root}', root), 1)]));
    expect(finding?.location?.path ?? null).toBe(path);
  });

  it('is placed by the list of files and by the base of the run', async () => {
    const run = {
      tool: { driver: { name: 'a-tool' } },
      originalUriBaseIds: { SRC: { uri: `file://${root}/src/` }, OUT: { uri: 'file:///etc/' } },
      artifacts: [{ location: { uri: 'src/settings.ts' } }],
      results: [
        { ...at(undefined, 1, { index: 0 }), ruleId: 'listed' },
        { ...at('settings.ts', 2, { uriBaseId: 'SRC' }), ruleId: 'based' },
        { ...at('passwd', 3, { uriBaseId: 'OUT' }), ruleId: 'outside' },
      ],
    };
    const places = findingsOf(await importText(log([run]))).map(({ ruleId, location }) => [
      ruleId,
      location?.path ?? null,
    ]);
    expect(new Map(places as [string, string | null][])).toEqual(
      new Map([
        ['a-tool/outside', null],
        ['a-tool/listed', 'src/settings.ts'],
        ['a-tool/based', 'src/settings.ts'],
      ]),
    );
  });
});

describe('a fingerprint', () => {
  const fingerprints = async (results: readonly object[], key = KEY) =>
    findingsOf(await importResults(results, [], key)).map(({ fingerprint }) => fingerprint);

  it('survives a moved line and other spaces, and not another line', async () => {
    const [before] = await fingerprints([at('src/settings.ts', 2)]);
    await put('src/settings.ts', '\n\n\n  const   two = 2;\nconst three = 3;\n');
    expect(await fingerprints([at('src/settings.ts', 4)])).toEqual([before]);
    expect(await fingerprints([at('src/settings.ts', 5)])).not.toEqual([before]);
  });

  it('tells two occurrences of the same line apart, and is the same in whatever order they come', async () => {
    await put('src/settings.ts', 'eval(a);\neval(a);\n');
    const [one, two] = [at('src/settings.ts', 1), at('src/settings.ts', 2)];
    const prints = await fingerprints([one, two]);
    expect(new Set(prints).size).toBe(2);
    expect(await fingerprints([two, one, two])).toEqual(prints);
  });

  it('cannot be made without the key', async () => {
    const result = at('src/settings.ts', 2);
    expect(await fingerprints([result], Buffer.alloc(32, 8))).not.toEqual(
      await fingerprints([result]),
    );
  });

  it('does not read through a link out of the root', async () => {
    await writeFile(join(folder, 'outside.ts'), 'the outside\n');
    await symlink(join(folder, 'outside.ts'), join(root, 'link.ts'));
    await symlink(folder, join(root, 'linked'));
    const [link, linked] = [at('link.ts', 1), at('linked/outside.ts', 1)];
    const before = await fingerprints([link, linked]);
    await writeFile(join(folder, 'outside.ts'), 'another outside\n');
    expect(await fingerprints([link, linked])).toEqual(before);
  });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

function at(uri: string | undefined, startLine: number, more: object = {}): object {
  const physicalLocation = { artifactLocation: { uri, ...more }, region: { startLine } };
  return { ruleId: 'rule', locations: [{ physicalLocation }] };
}

function log(runs: readonly unknown[]): string {
  return JSON.stringify({ version: '2.1.0', runs });
}

function importResults(
  results: readonly object[],
  rules: readonly object[] = [],
  key: Uint8Array = KEY,
): Promise<Imported> {
  return importText(log([{ tool: { driver: { name: 'a-tool', rules } }, results }]), 'a-tool', key);
}

async function importText(text: string, tool = 'a-tool', key: Uint8Array = KEY): Promise<Imported> {
  await writeFile(join(folder, 'report.sarif'), text);
  return importFrom('report.sarif', tool, key);
}

function importFrom(name: string, tool = 'a-tool', key: Uint8Array = KEY): Promise<Imported> {
  return importSarif(join(folder, name), {
    ...{ scanner: 'compliance', tool, fingerprintKey: key, root },
    signal: new AbortController().signal,
  });
}

function findingsOf(imported: Imported): readonly Finding[] {
  return imported.kind === 'completed' ? imported.findings : [];
}
