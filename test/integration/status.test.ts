import { startBelayHost, type BelayHost } from '../support/belay-host';
import { drawnLines, startBelay, startBelayOnTerminal } from '../support/belay-process';
import { freePort } from '../support/free-port';
import { helloConfig, helloServer, serviceFolder } from '../support/service-folder';
import { startTemporalServer, type TemporalServer } from '../support/temporal-server';

const ISSUE_FIELDS = [
  ...['deployment', 'service', 'environment', 'revision', 'strategy', 'phase', 'step'],
  ...['weights', 'observed', 'waitingFor', 'until', 'planDigest', 'outcome'],
] as const;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ESCAPE = '\u001b';
const COLUMNS = 80;

type Json = Readonly<Record<string, unknown>>;

let server: TemporalServer;
let host: BelayHost;
let one: string;
let two: string;
/** The deployment that stays split at 20 % while the tests look at it. */
let deployment: string;

beforeAll(async () => {
  server = await startTemporalServer();
  host = await startBelayHost({ address: server.address, environments: ['default'] });
  const config = helloConfig(await freePort(), {
    canary: '{ steps: [{ weight: 20, bake: { least: 600, longest: 1800 } }] }',
  });
  one = serviceFolder({ 'belay.yaml': config, 'dist/server.js': helloServer('one') });
  two = serviceFolder({ 'belay.yaml': config, 'dist/server.js': helloServer('two') });
});

afterAll(async () => {
  await host.stop();
  await server.stop();
});

test('deploy into a pipe writes lines without escape codes', async () => {
  const { code, stdout } = await host.cli(['deploy'], { cwd: one });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+Z live revision=sha256:/m);
  expect(stdout).not.toContain(ESCAPE);
});

test('deploy on a terminal draws one frame, and Ctrl-C leaves with 130 while the deployment goes on', async () => {
  const watching = startBelayOnTerminal({ args: ['deploy'], cwd: two, env: host.env });
  await watching.wrote(/▶ .*Watch at 20 %/);
  await watching.wrote(/candidate 20 % {2}stable 80 % \(observed\)/);
  watching.type('\u0003');
  expect(await watching.exitCode()).toBe(130);
  const output = watching.output();
  expect(output).toMatch(/Detached: \S+ goes on without this terminal/);
  expect(output).toContain('belay status hello/default --watch');
  expect(output.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
    output.lastIndexOf(`${ESCAPE}[?25l`),
  );
  const lines = drawnLines(output);
  // The terminal itself echoes `^C`; the frame ends there.
  const frame = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('^CDetached') || line.startsWith('Detached')),
  );
  expect(frame.length).toBeGreaterThan(10);
  expect(frame.filter((line) => Array.from(line).length > COLUMNS)).toEqual([]);
  expect(lines).toContainEqual(expect.stringMatching(/^ ✔ scan {6}/));

  const status = await statusOf();
  expect(status).toMatchObject({ phase: 'rollout', outcome: null });
  deployment = String(status['deployment']);
});

test('the workflow answers, with every field of the contract in its form', async () => {
  const status = await statusOf();
  expect(Object.keys(status)).toEqual(expect.arrayContaining([...ISSUE_FIELDS]));
  expect(status).toMatchObject({
    schemaVersion: 1,
    deployment: expect.stringMatching(/^hello-default-[0-9A-Z]{26}$/) as string,
    service: 'hello',
    environment: 'default',
    revision: expect.stringMatching(DIGEST) as string,
    strategy: 'canary',
    phase: 'rollout',
    step: expect.stringMatching(/bake-20$/) as string,
    weights: { stable: 80, candidate: 20 },
    observed: { stable: 80, candidate: 20 },
    waitingFor: null,
    until: null,
    planDigest: expect.stringMatching(DIGEST) as string,
    outcome: null,
    startedAt: expect.stringMatching(ISO) as string,
    source: 'workflow',
    sourceReason: null,
  });
});

test('a person who is waited for shows up with the time at which the wait ends', async () => {
  expect((await host.cli(['pause', 'hello/default', '--as', 'alice'])).code).toBe(0);
  expect(await statusOf()).toMatchObject({
    waitingFor: 'resume',
    until: expect.stringMatching(ISO) as string,
  });
  expect((await host.cli(['resume', 'hello/default', '--as', 'alice'])).code).toBe(0);
  expect(await statusOf()).toMatchObject({ waitingFor: null, until: null });
});

test('without a worker Temporal itself says what it knows, the split included', async () => {
  await host.worker.kill();
  const { code, stdout, stderr } = await host.cli(['status', 'hello/default', '--output', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    deployment,
    phase: 'rollout',
    strategy: 'canary',
    weights: { stable: 80, candidate: 20 },
    observed: null,
    outcome: null,
    source: 'temporal',
    sourceReason: expect.stringContaining('no worker answered') as string,
  });
  expect(stderr).toContain('shown from temporal');
  const text = await host.cli(['status', 'hello/default']);
  expect(text.stdout).toContain('candidate 20 %  stable 80 % (commanded)');
  expect(text.stdout).toContain('no worker answered');
});

test('without Temporal the platform says what its router does', async () => {
  await server.kill();
  const { code, stdout } = await host.cli(['status', 'hello/default', '--output', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    deployment,
    phase: 'rollout',
    revision: expect.stringMatching(DIGEST) as string,
    weights: { stable: 80, candidate: 20 },
    observed: { stable: 80, candidate: 20 },
    outcome: null,
    source: 'platform',
    sourceReason: expect.stringContaining(server.address) as string,
  });
});

test('status --watch outlives the return of server and worker, and ends by itself with the deployment', async () => {
  await server.restart();
  const args = ['status', 'hello/default', '--watch', '--output', 'json'];
  const watching = startBelay({ args, cwd: host.home, env: host.env });
  await watching.wrote(/"source":"temporal"/);
  await host.worker.start();
  await watching.wrote(/"source":"workflow"/);
  const aborted = await host.cli(['abort', 'hello/default', '--as', 'alice']);
  expect(aborted.code).toBe(0);
  expect(await watching.exitCode()).toBe(0);
  const last = watching.output().trimEnd().split('\n').at(-1) ?? '{}';
  expect(JSON.parse(last)).toMatchObject({
    deployment,
    phase: 'ended',
    outcome: 'cancelled',
    observed: { stable: 100, candidate: 0 },
    endedAt: expect.stringMatching(ISO) as string,
  });
});

test('of a deployment that Temporal knows no more, the ledger tells', async () => {
  const other = await startTemporalServer();
  try {
    const env = { ...host.env, TEMPORAL_ADDRESS: other.address };
    const run = await host.cli(['status', deployment, '--output', 'json'], { env });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      deployment,
      strategy: 'canary',
      phase: 'ended',
      outcome: 'cancelled',
      source: 'ledger',
    });
  } finally {
    await other.stop();
  }
});

async function statusOf(): Promise<Json> {
  const { code, stdout } = await host.cli(['status', 'hello/default', '--output', 'json']);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Json;
}
