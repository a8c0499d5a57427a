import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../src/client/process-identity';
import { readProcesses } from '../../src/cli/processes/process-record';
import { homeLayout } from '../../src/domain/home-layout';
import { answerOf } from '../support/http-answer';
import { startBelay } from '../support/belay-process';
import { freePort } from '../support/free-port';
import { eventually } from '../support/until';
import { helloConfig, helloServer, serviceFolder } from '../support/service-folder';

const DEFAULT_PORTS = [7233, 8233];
const taken: Server[] = [];
let home: string;
let folder: string;
let port: number;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'belay-up-'));
  port = await freePort();
  const { TEMPORAL_ADDRESS: _, ...own } = process.env;
  env = { ...own, BELAY_HOME: home, NO_COLOR: '1' };
  folder = serviceFolder({
    'belay.yaml': helloConfig(port, { rollbackWindow: '600' }),
    'dist/server.js': helloServer('one'),
  });
  for (const each of DEFAULT_PORTS) await occupy(each);
});

afterAll(async () => {
  await belay('down', '--all');
  for (const server of taken) server.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

test('up starts the three, says where each listens, and takes free ports for taken ones', async () => {
  const { code, json, output } = await belay('up');
  expect(code).toBe(0);
  for (const each of DEFAULT_PORTS) {
    expect(output).toMatch(new RegExp(`port ${each} is taken; using \\d+ instead`));
  }
  const { temporal, platform, worker } = readProcesses(home);
  expect(temporal?.address).not.toContain(':7233');
  expect(temporal?.webUrl).not.toContain(':8233');
  expect(json).toMatchObject({
    schemaVersion: 1,
    home,
    temporal: {
      address: temporal?.address,
      webUrl: temporal?.webUrl,
      pid: temporal?.pid,
      started: true,
    },
    platform: { pid: platform?.pid, started: true, socket: expect.any(String) as string },
    worker: { pid: worker?.pid, started: true },
  });
  const webPort = Number(temporal?.webUrl.split(':').at(-1));
  // It comes up beside the server, and nobody waits for it.
  const web = await eventually(() => answerOf({ port: webPort, path: '/' }).catch(() => null));
  expect(web.status).toBe(200);
});

test('up twice, even at once, starts nothing twice', async () => {
  const before = readProcesses(home);
  const both = await Promise.all([belay('up'), belay('up')]);
  for (const { code, json } of both) {
    expect(code).toBe(0);
    expect(json).toMatchObject({
      temporal: { started: false },
      platform: { started: false },
      worker: { started: false },
    });
  }
  expect(readProcesses(home)).toEqual(before);
});

test('the doctor finds everything well: retention of 30 days and search attributes too', async () => {
  const { code, json } = await belay('doctor');
  expect(json['checks']).toEqual(
    expect.arrayContaining([
      check('namespace retention', /keeps histories 30 days/),
      check('search attributes', /all there/),
      check('worker', /1 polling belay$/),
    ]),
  );
  expect([code, json['ok']]).toEqual([0, true]);
  const text = startBelay({ args: ['doctor'], cwd: folder, env });
  expect(await text.exitCode()).toBe(0);
  const lines = text.output().trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('✔'))).toEqual([]);
});

test('a first deployment through the command line is live', async () => {
  const { code, json } = await belay('deploy');
  expect(code).toBe(0);
  expect(json).toMatchObject({
    service: 'hello',
    phase: 'warm',
    live: true,
    observed: { stable: 0, candidate: 100 },
  });
  expect(await served()).toBe('hello from one\n');
});

test('a worker that was killed is named by the doctor, refused by deploy, and the only one that up brings back', async () => {
  const before = readProcesses(home);
  await end('worker', 'SIGKILL');
  const sick = await belay('doctor');
  expect(sick.code).toBe(1);
  const failing = (sick.json['checks'] as readonly Check[]).filter(({ ok }) => !ok);
  expect(failing.map(({ name }) => name)).toEqual(['worker', 'worker']);
  for (const { mend } of failing) expect(mend).toContain('belay up');

  const refused = await belay('deploy');
  expect(refused.code).toBe(5);
  expect(refused.json).toMatchObject({
    error: { code: 'NO_WORKER', next: expect.stringContaining('belay up') as string },
  });

  const { code, json } = await belay('up');
  expect(code).toBe(0);
  expect(json).toMatchObject({
    temporal: { started: false },
    platform: { started: false },
    worker: { started: true },
  });
  const after = readProcesses(home);
  expect([after.temporal, after.platform]).toEqual([before.temporal, before.platform]);
  expect(after.worker?.pid).not.toBe(before.worker?.pid);
  expect(await served()).toBe('hello from one\n');
  expect((await belay('doctor')).code).toBe(0);
});

test('a platform that was killed is brought back with the service it had, undisturbed', async () => {
  const [instance] = await instancePids();
  await end('platform', 'SIGKILL');
  const sick = await belay('doctor');
  expect(sick.json['checks']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'platform',
        ok: false,
        mend: expect.stringContaining('belay up') as string,
      }),
    ]),
  );
  const { json } = await belay('up');
  expect(json).toMatchObject({
    temporal: { started: false },
    platform: { started: true },
    worker: { started: false },
  });
  expect(await served()).toBe('hello from one\n');
  expect(await instancePids()).toEqual([instance]);
});

test('down stops worker and Temporal, and the service goes on', async () => {
  const before = readProcesses(home);
  const { code, json } = await belay('down');
  expect(code).toBe(0);
  expect(json).toMatchObject({
    worker: 'ended',
    temporal: 'ended',
    platform: 'still runs',
    services: [`hello/default on port ${port}`],
    dark: [],
  });
  expect(runningOf(before)).toEqual({ temporal: false, worker: false, platform: true });
  expect(await served()).toBe('hello from one\n');
  const sick = await belay('doctor');
  expect(sick.code).toBe(1);
  for (const { ok, mend } of sick.json['checks'] as readonly Check[]) {
    expect(ok || (mend ?? '').length > 10).toBe(true);
  }
});

test('up again finds the same database, on the same ports', async () => {
  const address = readProcesses(home).temporal?.address;
  const { json } = await belay('up');
  expect(json).toMatchObject({
    temporal: { address, started: true },
    platform: { started: false },
    worker: { started: true },
  });
  // A worker that has just started reads the whole history before it answers.
  const known = await eventually(async () => {
    const status = await belay('status', 'hello/default');
    return status.json['source'] === 'workflow' ? status : null;
  });
  expect(known.code).toBe(0);
  expect(known.json).toMatchObject({ service: 'hello', phase: 'warm' });
});

test('down --all names what goes dark and leaves no process behind; a second time is safe', async () => {
  const before = readProcesses(home);
  const instances = await instancePids();
  const { code, json, output } = await belay('down', '--all');
  expect(code).toBe(0);
  expect(output).toContain(`goes dark: hello/default on port ${port}`);
  expect(json).toMatchObject({ platform: 'ended', dark: [`hello/default on port ${port}`] });
  expect(runningOf(before)).toEqual({ temporal: false, worker: false, platform: false });
  await expect(served()).rejects.toThrow(/ECONNREFUSED/);
  expect(processesNaming(home)).toEqual([]);
  expect(processesOf(instances)).toEqual([]);

  const again = await belay('down', '--all');
  expect(again.code).toBe(0);
  expect(again.json).toMatchObject({
    worker: 'was not running',
    temporal: 'was not running',
    platform: 'was not running',
    dark: [],
  });
});

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly mend: string | null;
}

function check(name: string, detail: RegExp): Check {
  return { name, ok: true, detail: expect.stringMatching(detail) as string, mend: null };
}

interface Answer {
  readonly code: number | null;
  readonly json: Readonly<Record<string, unknown>>;
  readonly output: string;
}

async function belay(...args: readonly string[]): Promise<Answer> {
  const run = startBelay({ args: [...args, '--output', 'json'], cwd: folder, env });
  const code = await run.exitCode();
  const output = run.output();
  const json = output.split('\n').findLast((line) => line.startsWith('{')) ?? '{}';
  return { code, json: JSON.parse(json) as Answer['json'], output };
}

/** Whoever has the port already serves the test as well. */
async function occupy(wanted: number): Promise<void> {
  const server = createServer();
  taken.push(server);
  server.listen({ port: wanted, host: '127.0.0.1', exclusive: true });
  await once(server, 'listening').catch(() => undefined);
}

async function end(name: 'worker' | 'platform', signal: NodeJS.Signals): Promise<void> {
  const known = readProcesses(home)[name];
  if (known === null) throw new Error(`no ${name} is recorded`);
  process.kill(known.pid, signal);
  while (isRunning(known)) await sleep(20);
}

type Processes = ReturnType<typeof readProcesses>;

function runningOf({ temporal, worker, platform }: Processes): Record<string, boolean> {
  const runs = (known: Processes['platform']): boolean => known !== null && isRunning(known);
  return { temporal: runs(temporal), worker: runs(worker), platform: runs(platform) };
}

async function served(): Promise<string> {
  return (await answerOf({ port, path: '/' })).body;
}

/** Read from the platform's own state: the CLI shows no pids. */
async function instancePids(): Promise<readonly number[]> {
  const state = readFileSync(homeLayout(home).platformState, 'utf8');
  const pids = [...state.matchAll(/"pid":\s*(\d+)/g)].map(([, pid]) => Number(pid));
  expect(pids).toHaveLength(1);
  return pids;
}

function processesNaming(text: string): readonly string[] {
  return processList().filter((line) => line.includes(text));
}

function processesOf(pids: readonly number[]): readonly string[] {
  return processList().filter((line) => pids.includes(Number(line.trim().split(' ')[0])));
}

function processList(): readonly string[] {
  const list = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => !line.includes('ps -axww'));
}
