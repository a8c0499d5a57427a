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

test('deploy on a terminal draws one frame with keys, and Ctrl-C leaves with 130 while the deployment goes on', async () => {
  const watching = startBelayOnTerminal({
    args: ['deploy', '--as', 'dora'],
    cwd: two,
    env: host.env,
    after: 'stty -a',
  });
  await watching.wrote(/▶ .*watch {2}20 %/);
  await watching.wrote(/stable [0-9a-f]{12} 80 % {3}.* candidate [0-9a-f]{12} 20 %/);
  await watching.wrote(/ p pause {2}P promote {2}r roll back {2}d detach/);
  watching.type('p');
  await watching.wrote(/answer .*pause of \S+ by dora/);
  await watching.wrote(/● PAUSED/);
  await watching.wrote(/ p resume {2}r roll back/);
  watching.type('p');
  await watching.wrote(/resume of \S+ by dora/);
  watching.type('r');
  await watching.wrote(/Roll back hello\/default \(back to /);
  await watching.wrote(/\[y\/N\]/);
  watching.type('n');
  await watching.wrote(/not rolled back: nothing was sent/);
  watching.type('\u0003');
  expect(await watching.exitCode()).toBe(130);
  const output = watching.output();
  expect(output).toMatch(/Detached: \S+ goes on without this terminal/);
  expect(output).toContain('belay status hello/default --watch');
  expect(output.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
    output.lastIndexOf(`${ESCAPE}[?25l`),
  );
  const lines = drawnLines(output);
  const detached = lines.findIndex((line) => line.startsWith('Detached'));
  const frame = lines.slice(0, detached);
  expect(frame.length).toBeGreaterThan(10);
  expect(frame.filter((line) => Array.from(line).length > COLUMNS)).toEqual([]);
  expect(lines).toContainEqual(expect.stringMatching(/^ ✔ scan {6}/));
  const mode = lines.slice(detached).join(' ');
  for (const flag of ['icanon', 'isig', 'echo'])
    expect(mode).toMatch(new RegExp(`(^|[ ;])${flag}[ ;]`));

  const status = await statusOf();
  expect(status).toMatchObject({ phase: 'rollout', outcome: null, waitingFor: null });
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
  expect(text.stdout).toMatch(/stable 80 % {3}.* candidate [0-9a-f]{12} 20 %/);
  expect(text.stdout).toContain('(commanded)');
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
  const seen = startBelayOnTerminal({
    args: ['status', 'hello/default', '--watch'],
    cwd: host.home,
    env: host.env,
  });
  await seen.wrote(/● RUNNING/);
  await host.worker.kill();
  await seen.wrote(/reconnecting to a worker/);
  await server.kill();
  await seen.wrote(/reconnecting: .*Temporal/);
  await watching.wrote(/reconnecting to/);
  await server.restart();
  await host.worker.start();
  const before = seen.output().length;
  await within(60_000, () => /next (in|now)/.test(seen.output().slice(before)));
  const aborted = await host.cli(['abort', 'hello/default', '--as', 'alice']);
  expect(aborted.code).toBe(0);
  expect(await watching.exitCode()).toBe(0);
  const last = watching.stdout().trimEnd().split('\n').at(-1) ?? '{}';
  expect(JSON.parse(last)).toMatchObject({
    deployment,
    phase: 'ended',
    outcome: 'cancelled',
    observed: { stable: 100, candidate: 0 },
    endedAt: expect.stringMatching(ISO) as string,
  });
  // Once each time that it went away; one that comes up may answer for a moment and go again.
  const told = watching.output().match(/^reconnect(ing|ed)(?= to )/gm) ?? [];
  expect(told.join(' ')).toMatch(/^reconnecting reconnected( reconnecting reconnected)*$/);
  expect(await seen.exitCode()).toBe(0);
  const final = seen.output();
  expect(final).not.toMatch(/● ROLLBACK INCOMPLETE|● ROLLED BACK/);
  const ended = drawnLines(final.slice(final.lastIndexOf('● CANCELLED') - 200));
  expect(ended).toContainEqual(expect.stringMatching(/^ exposed {3}/));
  expect(ended).toContainEqual(expect.stringMatching(/^ next {6}belay show /));
  expect(final.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(final.lastIndexOf(`${ESCAPE}[?25l`));
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

async function within(ms: number, isThere: () => boolean): Promise<void> {
  const endsAtMs = Date.now() + ms;
  while (!isThere()) {
    if (Date.now() > endsAtMs) throw new Error(`not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function statusOf(): Promise<Json> {
  const { code, stdout } = await host.cli(['status', 'hello/default', '--output', 'json']);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Json;
}
