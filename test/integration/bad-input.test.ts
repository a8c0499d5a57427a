import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { startBelayHost, type BelayHost, type CliResult } from '../support/belay-host';
import { freePort } from '../support/free-port';
import { startLoadProcess, type LoadProcess } from '../support/load-process';
import { helloConfig, helloServer, serviceFolder } from '../support/service-folder';
import { sharedTemporalAddress } from '../support/temporal-server';

let host: BelayHost;
let port: number;

/** A bad deployment must leave this one serving. Nobody registered its environment: the first deployment does. */
beforeAll(async () => {
  host = await startBelayHost({ address: sharedTemporalAddress(), environments: [] });
  port = await freePort();
  const good = await deploy({ 'dist/server.js': helloServer('one') });
  expect(good).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await host.stop();
});

afterEach(async () => {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/`);
  expect([statusCode, await body.text()]).toEqual([200, 'hello from one\n']);
});

async function deploy(
  files: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const folder = serviceFolder({ 'belay.yaml': helloConfig(port, change), ...files });
  return host.cli(['deploy', '--output', 'json'], { cwd: folder });
}

function outcomeOf({ stdout }: CliResult): { readonly outcome?: string; readonly cause?: string } {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    outcome?: string;
    cause?: string;
  };
}

function errorOf({ stdout }: CliResult): Record<string, string> {
  return (JSON.parse(stdout) as { error: Record<string, string> }).error;
}

describe('configuration', () => {
  test('an unknown key names the line and the word that was meant', async () => {
    const result = await deploy({ 'dist/server.js': helloServer('two') }, { instnces: '3' });
    expect(result.code).toBe(2);
    expect(errorOf(result)).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(errorOf(result)['message']).toMatch(/belay\.yaml:\d+.*instnces.*instances/s);
  });

  test('a criterion shorter than its metric source can see is refused with the arithmetic', async () => {
    const criteria = '{ automatic: [{ metric: error_rate, threshold: 5, duration: 1 }] }';
    const result = await deploy({ 'dist/server.js': '' }, { rollbackCriteria: criteria });
    expect(result.code).toBe(2);
    expect(errorOf(result)['message']).toMatch(/1 s.*\+.*1 s/s);
  });

  test('a missing key is named, and nothing is started', async () => {
    const folder = serviceFolder({ 'belay.yaml': 'service: hello\n' });
    const result = await host.cli(['deploy', '--output', 'json'], { cwd: folder });
    expect(result.code).toBe(2);
    expect(errorOf(result)).toMatchObject({ code: 'CONFIG_MISSING' });
    expect(errorOf(result)['message']).toMatch(/artifact/);
  });
});

describe('artifacts', () => {
  test('one that is missing is blocked before any effect', async () => {
    const result = await deploy({});
    expect(result.code).toBe(5);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'blocked' });
  });

  test('an empty one is blocked before any effect', async () => {
    const folder = serviceFolder({ 'belay.yaml': helloConfig(port) });
    mkdirSync(join(folder, 'dist'));
    const result = await host.cli(['deploy', '--output', 'json'], { cwd: folder });
    expect(result.code).toBe(5);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'blocked' });
  });

  test('a link out of the folder is blocked before any effect', async () => {
    const folder = serviceFolder({
      'belay.yaml': helloConfig(port),
      'dist/server.js': helloServer('two'),
    });
    symlinkSync('/etc/hostname', join(folder, 'dist', 'escape'));
    const result = await host.cli(['deploy', '--output', 'json'], { cwd: folder });
    expect(result.code).toBe(5);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'blocked' });
    expect(outcomeOf(result).cause).toMatch(/escape/);
  });

  test('a planted secret is blocked, and its value shows up nowhere', async () => {
    const planted = `ghp_${'wJalrXUtnFEMIK7MDENGbPxRfiCY'.padEnd(36, 'X7')}`;
    const result = await deploy({
      'dist/server.js': helloServer('two'),
      'dist/settings.js': `module.exports = { token: '${planted}' };\n`,
    });
    expect(result.code).toBe(5);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'blocked' });
    expect(outcomeOf(result).cause).toMatch(/secret/i);
    expect(result.stdout + result.stderr).not.toContain(planted);
  });
});

describe('processes', () => {
  let load: LoadProcess;

  beforeAll(() => {
    const file = join(mkdtempSync(join(tmpdir(), 'belay-load-')), 'records.jsonl');
    load = startLoadProcess({ port, rate: 50, file });
  });

  afterAll(async () => {
    const records = await load.stop();
    expect(records.length).toBeGreaterThan(100);
    expect(records.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('a command that does not exist is rolled back and named', async () => {
    const result = await deploy({ 'dist/server.js': '' }, { run: '[no-such-command-here]' });
    expect(result.code).toBe(3);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'rolled-back' });
    expect(outcomeOf(result).cause).toMatch(/no-such-command-here/);
  });

  test('a command that exits at once is rolled back with its last lines', async () => {
    const crash = "console.log('starting up'); throw new Error('no database in sight');";
    const result = await deploy({ 'dist/server.js': crash });
    expect(result.code).toBe(3);
    expect(outcomeOf(result)).toMatchObject({ outcome: 'rolled-back' });
    expect(outcomeOf(result).cause).toMatch(/no database in sight/);
  });

  test('a candidate that never becomes healthy is rolled back', async () => {
    const sick = helloServer('sick').replace('response.end(', 'response.writeHead(500).end(');
    const result = await deploy({ 'dist/server.js': sick }, { startWithin: '3' });
    expect(result.code).toBe(3);
    expect(outcomeOf(result).cause).toMatch(/0 of 1 instances .* became healthy/);
    expect(outcomeOf(result).cause).toMatch(/sick listens/);
  });
});

test('a first deployment that fails leaves nothing serving and exits with 4', async () => {
  const other = await freePort();
  const folder = serviceFolder({
    'belay.yaml': helloConfig(other, { service: 'newborn' }),
    'dist/server.js': 'process.exit(1);',
  });
  const result = await host.cli(['deploy', '--output', 'json'], { cwd: folder });
  expect(result.code).toBe(4);
  const status = await host.cli(['status', 'newborn/default', '--output', 'json']);
  expect(JSON.parse(status.stdout)).toMatchObject({ outcome: 'rolled-back', observed: null });
});

test('a dependency that does not answer blocks the deployment after three repairs, by address', async () => {
  const closed = await freePort();
  const result = await deploy(
    { 'dist/server.js': helloServer('two') },
    { dependsOn: `['tcp://127.0.0.1:${closed}']` },
  );
  expect(result.code).toBe(5);
  expect(outcomeOf(result)).toMatchObject({ outcome: 'blocked' });
  expect(outcomeOf(result).cause).toContain(`127.0.0.1:${closed}`);
});

test('without Temporal the CLI says so, with the way out', async () => {
  const closed = await freePort();
  const folder = serviceFolder({ 'belay.yaml': helloConfig(port) });
  const env = { ...host.env, TEMPORAL_ADDRESS: `127.0.0.1:${closed}` };
  const result = await host.cli(['approve', 'hello/default', '--output', 'json'], {
    cwd: folder,
    env,
  });
  expect(result.code).toBe(1);
  expect(errorOf(result)).toMatchObject({ code: 'TEMPORAL_UNAVAILABLE' });
});
