import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connectTemporal } from '../../src/client/connection';
import { startBelayHost, type BelayHost } from '../support/belay-host';
import { freePort } from '../support/free-port';
import { keepHistory } from '../support/keep-history';
import { helloConfig, helloServer, serviceFolder } from '../support/service-folder';
import { sharedTemporalAddress } from '../support/temporal-server';

/** Put together here, so that they stand in no file of ours. */
const PLANTED = {
  github: ['ghp', 'wJalrXUtnFEMIK7MDENGbPxRfiCYAb12Cd34'].join('_'),
  aws: ['AKIA', 'Z7QXP3LMN5RTV2WK'].join(''),
  slack: ['xoxb', '263594206564', '2343594206564', 'FGqddMF8t08v8N7Oq4i57vs1'].join('-'),
  stripe: ['sk', 'live', 'n4Xw8Qb2Vt6Rk9Zp3Ls7Dy1M'].join('_'),
  database: ['postgres', '://app:', 'tr0ub4dor-and-3', '@db.internal:5432/app'].join(''),
} as const;
/** What must be found nowhere: of the address, the password. */
const VALUES = [...Object.values(PLANTED).slice(0, 4), 'tr0ub4dor-and-3'];

interface Report {
  readonly schemaVersion: number;
  readonly passed: boolean;
  readonly validation: { readonly summary: Record<string, number> };
  readonly findings: readonly {
    readonly scanner: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly line: number | null } | null;
    readonly state: string;
  }[];
  readonly coverage: readonly { readonly scanner: string; readonly status: string }[];
  readonly gates: readonly { readonly name: string; readonly outcome: string }[];
  readonly score: number | null;
  readonly blockers: readonly { readonly scanner: string }[];
}

let host: BelayHost;

beforeAll(async () => {
  host = await startBelayHost({ address: sharedTemporalAddress(), environments: [] });
});

afterAll(() => host.stop());

function spoiltFiles(): Record<string, string> {
  return {
    'dist/server.js': `// ${PLANTED.slack}\n${helloServer('spoilt')}`,
    'dist/.env': `GITHUB_TOKEN=${PLANTED.github}\nSTRIPE_KEY=${PLANTED.stripe}\n`,
    'dist/settings.js': `module.exports = { key: '${PLANTED.aws}', db: '${PLANTED.database}' };\n`,
    'dist/.secretlintignore': '**\n',
    'dist/.gitleaksignore': '**\n',
    'test.js': [
      `const { mkdirSync, writeFileSync } = require('node:fs');`,
      `console.log(${JSON.stringify(PLANTED.github)}, process.env);`,
      `console.error(${JSON.stringify(PLANTED.stripe)});`,
      `mkdirSync('reports', { recursive: true });`,
      `writeFileSync('reports/unit.xml', '<testsuite><testcase name="${PLANTED.aws}"><failure>${PLANTED.slack}</failure></testcase></testsuite>');`,
      `process.exit(1);`,
    ].join('\n'),
  };
}

const TESTING =
  '{ testing: { unitTests: { command: [node, test.js], report: reports/unit.xml, timeout: 30 } } }';

async function verify(folder: string, args: readonly string[] = []) {
  const result = await host.cli(['verify', folder, '--output', 'json', ...args], { cwd: folder });
  const report = JSON.parse(result.stdout || '{}') as Report;
  return { ...result, report };
}

describe('belay verify', () => {
  test('passes a clean folder with every scanner accounted for', async () => {
    const folder = serviceFolder({ 'server.js': helloServer('clean') });
    const { code, report } = await verify(folder);
    expect(report).toMatchObject({
      schemaVersion: 1,
      passed: true,
      validation: { summary: { total: 4, passed: 4, failed: 0, critical: 0 } },
      score: 100,
      blockers: [],
    });
    const status = Object.fromEntries(report.coverage.map((one) => [one.scanner, one.status]));
    expect(status).toEqual({
      vulnerabilities: 'not-applicable',
      secrets: 'completed',
      dependencies: 'not-applicable',
      compliance: expect.stringMatching(/completed|not-applicable/) as unknown,
      container: 'not-applicable',
    });
    expect(report.gates.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
    expect(code).toBe(0);
  });

  test('finds planted secrets by place, and ignore files of the tree change nothing', async () => {
    const folder = serviceFolder(spoiltFiles());
    const { code, report, stdout, stderr } = await verify(join(folder, 'dist'));
    expect(code).toBe(5);
    expect(report.passed).toBe(false);
    const found = report.findings.filter(({ scanner }) => scanner === 'secrets');
    const places = new Set(found.map(({ location }) => location?.path));
    expect(places).toEqual(new Set(['.env', 'server.js', 'settings.js']));
    expect(report.blockers.map(({ scanner }) => scanner)).toContain('secrets');
    for (const value of VALUES) expect(stdout + stderr).not.toContain(value);
  });

  test('a lockfile without any source of advisories is blocked, never clean', async () => {
    const lock = {
      name: 'x',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'x', version: '1.0.0', dependencies: { lodash: '4.17.21' } },
        'node_modules/lodash': {
          version: '4.17.21',
          integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
          license: 'MIT',
        },
      },
    };
    const folder = serviceFolder({
      'package.json': JSON.stringify({ ...lock.packages[''] }),
      'package-lock.json': JSON.stringify(lock),
    });
    const { code, report } = await verify(folder, ['--advisories', 'http://127.0.0.1:9/none.json']);
    expect(code).toBe(5);
    expect(report.score).toBeNull();
    const vulnerabilities = report.coverage.find(({ scanner }) => scanner === 'vulnerabilities');
    expect(vulnerabilities?.status).toBe('unavailable');
  });

  test('misuse is exit 2', async () => {
    expect((await host.cli(['verify', '/no/such/folder'])).code).toBe(2);
    expect((await host.cli(['verify'])).code).toBe(2);
    expect((await host.cli(['verify', '.', '--output', 'pdf'])).code).toBe(2);
  });

  test('answers as SARIF, as a page and with a bill of materials', async () => {
    const folder = serviceFolder({ 'server.js': helloServer('clean') });
    const sarif = await host.cli(['verify', folder, '--output', 'sarif'], { cwd: folder });
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0' });
    const files = ['--report', 'out.html', '--sbom', 'bom.json'];
    await host.cli(['verify', folder, ...files], { cwd: host.home });
    expect(readFileSync(join(host.home, 'out.html'), 'utf8')).toContain('<!doctype html>');
    const bill = JSON.parse(readFileSync(join(host.home, 'bom.json'), 'utf8')) as object;
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  });
});

describe('a deployment with planted secrets', () => {
  let deployment = '';
  let told = '';
  let processes = '';

  beforeAll(async () => {
    expect((await deploySpotless()).code).toBe(0);
    const port = await freePort();
    const config = helloConfig(port, { service: 'spoilt', deploymentPipeline: TESTING });
    const folder = serviceFolder({ 'belay.yaml': config, ...spoiltFiles() });
    const watch = watchProcesses();
    const result = await host.cli(['deploy', '--output', 'json'], { cwd: folder });
    processes = watch.stop();
    expect(result.code).toBe(5);
    const answer = JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '{}') as {
      deployment: string;
      outcome: string;
    };
    expect(answer.outcome).toBe('blocked');
    ({ deployment } = answer);
    told = result.stdout + result.stderr;
    const status = await host.cli(['status', deployment, '--output', 'json']);
    const run = JSON.parse(status.stdout) as { workflowId: string; runId: string };
    await keepHistory(host.address, run, '0.1-blocked-by-checks');
    for (const args of [
      ['report', deployment],
      ['report', deployment, '--output', 'json'],
      ['report', deployment, '--output', 'sarif'],
      ['report', deployment, '--output', 'html'],
      ['status', deployment, '--output', 'json'],
      ['status', deployment],
      ['show', deployment],
    ]) {
      const { stdout, stderr } = await host.cli(args);
      expect(stdout.length).toBeGreaterThan(100);
      told += stdout + stderr;
    }
  });

  test('is blocked before any effect, by every reason, and its report stays', async () => {
    const { stdout } = await host.cli(['report', deployment, '--output', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(report.blockers.map(({ scanner }) => scanner)).toContain('secrets');
    expect(report.findings.some(({ location }) => location?.path === '.env')).toBe(true);
    const platform = textIn(join(host.home, 'platform'));
    expect(platform).toContain('spotless');
    expect(platform).not.toContain('spoilt');
  });

  test('shows no planted value in history, logs, reports, records, process lists or on a screen', async () => {
    const seen = {
      screens: told,
      ...(existsSync('/proc') ? { processes } : {}),
      history: await historyText(deployment),
      home: textIn(host.home, (path) => path.includes('/files/')),
    };
    for (const [where, text] of Object.entries(seen)) {
      expect(text.length).toBeGreaterThan(1_000);
      for (const value of VALUES) expect([where, text.includes(value)]).toEqual([where, false]);
    }
  });
});

/** Every command line and environment that is there in the meantime, ours among them. */
function watchProcesses() {
  const seen = new Set<string>();
  const look = (): void => {
    const pids = existsSync('/proc') ? readdirSync('/proc') : [];
    for (const pid of pids.filter((name) => /^\d+$/.test(name))) {
      for (const file of ['cmdline', 'environ']) seen.add(textOfFile(`/proc/${pid}/${file}`));
    }
  };
  const timer = setInterval(look, 50);
  return {
    stop: (): string => {
      clearInterval(timer);
      return [...seen].join('\n');
    },
  };
}

/** Nothing of what has gone meanwhile: a process that has ended, a file that was replaced. */
function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Leaves its traces on the platform, so that their absence says something. */
async function deploySpotless() {
  const folder = serviceFolder({
    'belay.yaml': helloConfig(await freePort(), { service: 'spotless' }),
    'dist/server.js': helloServer('spotless'),
  });
  return host.cli(['deploy', '--output', 'json'], { cwd: folder });
}

/** Everything that Temporal keeps of the run, payloads decoded. */
async function historyText(deployment: string): Promise<string> {
  const client = await connectTemporal({ address: host.address });
  try {
    const found = client.workflow.list({ query: `BelayDeployment = '${deployment}'` });
    let text = '';
    for await (const { workflowId, runId } of found) {
      text += textOf(await client.workflow.getHandle(workflowId, runId).fetchHistory());
    }
    return text;
  } finally {
    await client.connection.close();
  }
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}

/** The texts of all files below the folder. */
function textIn(folder: string, isLeftOut: (path: string) => boolean = () => false): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => !isLeftOut(path) && statSync(path, { throwIfNoEntry: false })?.isFile())
    .map(textOfFile)
    .join('\n');
}
