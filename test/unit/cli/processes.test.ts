import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort, isFree } from '../../../src/cli/processes/free-port';
import { onlyOne } from '../../../src/cli/processes/only-one';
import { builtMain, packageRoot } from '../../../src/cli/processes/package-root';
import { readPlatform, stopPlatform } from '../../../src/cli/processes/platform-admin';
import {
  identify,
  isRunning,
  startTimeOf,
  type ProcessIdentity,
} from '../../../src/client/process-identity';
import { readProcesses, recordProcesses } from '../../../src/cli/processes/process-record';
import {
  checkServerVersion,
  databaseFile,
  noteServerVersion,
} from '../../../src/cli/processes/server-version';
import { awaitReady, startDetached } from '../../../src/cli/processes/start-detached';
import { stopProcess } from '../../../src/cli/processes/stop-process';
import { nodeCheck } from '../../../src/cli/commands/doctor';
import { freePort } from '../../support/free-port';

let home = '';
const children: ChildProcess[] = [];
const servers: Server[] = [];
const detached: ProcessIdentity[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'belay-p-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of detached.splice(0)) await stopProcess(one, 0);
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
  rmSync(home, { recursive: true, force: true });
});

function node(code: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

/** A child that has said that it is ready. */
async function readyNode(code: string): Promise<ChildProcess> {
  const child = node(`${code}; console.log('ready'); setInterval(() => undefined, 1_000)`);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

describe('a process by pid and start time', () => {
  test('this one runs', () => {
    expect(isRunning(identify(process.pid)!)).toBe(true);
  });

  test('the same pid with another start time is somebody else', () => {
    expect(isRunning({ pid: process.pid, startTime: 'long ago' })).toBe(false);
  });

  test('one that has ended does not run, collected or not', async () => {
    const child = node('');
    const { pid } = child;
    await new Promise((resolve) => child.once('exit', resolve));
    expect(startTimeOf(pid!)).toBeNull();
  });
});

describe('stopping a process', () => {
  test('one that ends when asked', async () => {
    const child = await readyNode('');
    expect(await stopProcess(identify(child.pid!)!, 5_000)).toBe('ended');
  });

  test('one that does not', async () => {
    const child = await readyNode(`process.on('SIGTERM', () => undefined)`);
    expect(await stopProcess(identify(child.pid!)!, 200)).toBe('was killed');
    expect(startTimeOf(child.pid!)).toBeNull();
  });

  test('a stranger with the same pid is never touched', async () => {
    const child = await readyNode('');
    expect(await stopProcess({ pid: child.pid!, startTime: 'long ago' }, 1_000)).toBe(
      'was not running',
    );
    expect(startTimeOf(child.pid!)).not.toBeNull();
  });
});

describe('starting a process', () => {
  const command = (code: string) => [process.execPath, '-e', code] as const;
  const order = (code: string) => ({
    name: 'the sample',
    command: [...command(code)] as [string, ...string[]],
    logFile: join(home, 'logs', 'sample.log'),
    env: process.env,
  });

  test('it runs on its own, its words go to the log', async () => {
    const sample = order(`console.log('hello'); setInterval(() => undefined, 1_000)`);
    const started = await startDetached(sample);
    detached.push(started);
    const isReady = async () => readFileSync(sample.logFile, 'utf8').includes('hello');
    await awaitReady({ order: sample, process: started, withinMs: 10_000, isReady });
    expect(isRunning(started)).toBe(true);
    expect(await stopProcess(started, 5_000)).toBe('ended');
  });

  test('one that ends early is told with its last words', async () => {
    const sample = order(
      `setTimeout(() => { console.error('no database'); process.exit(1) }, 200)`,
    );
    const started = await startDetached(sample);
    detached.push(started);
    const isReady = async () => false;
    await expect(
      awaitReady({ order: sample, process: started, withinMs: 10_000, isReady }),
    ).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_READY',
      message: expect.stringContaining('no database') as string,
    });
  });

  test('a command that does not exist is told', async () => {
    const sample = { ...order(''), command: [join(home, 'nothing')] as [string] };
    await expect(startDetached(sample)).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_READY' });
  });
});

describe('the record of processes', () => {
  test('keeps what was written and changes only what is named', () => {
    recordProcesses(home, { platform: { pid: 1, startTime: 'a' } });
    recordProcesses(home, { worker: { pid: 2, startTime: 'b', address: 'x:1' } });
    expect(readProcesses(home)).toMatchObject({
      schemaVersion: 1,
      temporal: null,
      platform: { pid: 1 },
      worker: { pid: 2 },
    });
  });

  test.each(['', '{', 'null'])('what cannot be read counts as nothing: %j', (text) => {
    writeFileSync(join(home, 'processes.json'), text);
    expect(readProcesses(home)).toMatchObject({ temporal: null, platform: null, worker: null });
  });
});

describe('ports', () => {
  async function taken(): Promise<number> {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { readonly port: number }).port;
  }

  test('a free wanted port is taken as it is', async () => {
    const port = await freePort();
    expect(await choosePort([port])).toEqual({ port, insteadOf: null });
  });

  test('instead of a taken one a free one is chosen, and said', async () => {
    const port = await taken();
    const chosen = await choosePort([port]);
    expect(chosen.insteadOf).toBe(port);
    expect(await isFree(chosen.port)).toBe(true);
  });
});

describe("the database's server version", () => {
  test('another server does not open it, and nothing is touched', () => {
    noteServerVersion(home, '1.32.0');
    writeFileSync(databaseFile(home), 'data');
    expect(() => checkServerVersion(home, '1.32.0')).not.toThrow();
    expect(() => checkServerVersion(home, '1.40.0')).toThrow(/made by Temporal server 1\.32\.0/);
    expect(readFileSync(databaseFile(home), 'utf8')).toBe('data');
  });

  test('a note without a database binds nobody', () => {
    noteServerVersion(home, '1.32.0');
    expect(() => checkServerVersion(home, '1.40.0')).not.toThrow();
    noteServerVersion(home, '1.40.0');
    mkdirSync(join(home, 'temporal'), { recursive: true });
    writeFileSync(databaseFile(home), 'data');
    expect(() => checkServerVersion(home, '1.40.0')).not.toThrow();
  });
});

describe('only one at a time', () => {
  test('the second waits for the first', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push(`${name} ends`);
    };
    await Promise.all([onlyOne(home, work('a')), onlyOne(home, work('b'))]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('a lock whose holder was killed is taken over', async () => {
    const lock = join(home, 'processes.lock');
    writeFileSync(lock, JSON.stringify({ pid: process.pid, startTime: 'long ago' }));
    expect(await onlyOne(home, async () => 'done')).toBe('done');
    expect(existsSync(lock)).toBe(false);
  });
});

describe("the platform's own word", () => {
  test('no platform is null, not an error', async () => {
    expect(await readPlatform(join(home, 'admin.sock'))).toBeNull();
    expect(await stopPlatform(join(home, 'admin.sock'))).toBeNull();
  });
});

describe('where Belay lies', () => {
  test('the root has the package file, and the mains are compiled below it', () => {
    expect(existsSync(join(packageRoot(), 'package.json'))).toBe(true);
    expect(builtMain('workers')).toBe(join(packageRoot(), 'dist', 'workers', 'main.js'));
  });
});

describe('the doctor on Node', () => {
  test.each([
    ['20.19.0', true],
    ['22.1.0', true],
    ['24.0.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
  ])('%s: %s', (version, ok) => {
    const check = nodeCheck(version);
    expect(check.ok).toBe(ok);
    expect(check.mend === null).toBe(ok);
  });
});
