import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CHILD_LIMITS,
  lookIntoFiles,
} from '../../../src/adapters/inspection/child/look-into-files';
import type { FilesOrder } from '../../../src/adapters/inspection/child/look-into-files';
import { until } from '../../support/until';

const LIMITS = { ...CHILD_LIMITS, fileMs: 3_000, memoryMb: 64 };
const FIXTURES = resolve(__dirname, '../../fixtures/validation');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-child-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('files that are looked at in a process of their own', () => {
  it('are all answered for, in order, also behind those that kill or hold the process', async () => {
    const paths = [
      'ok-1',
      'abort-1',
      'ok-2',
      'deep-1',
      'throw-1',
      'exit-1',
      'ok-3',
      'memory-1',
      'hang-1',
      'ok-4',
      'abort-2',
    ];
    // Long enough for a busy machine to fill the memory in it.
    const limits = { ...LIMITS, fileMs: 6_000 };
    expect(await looks(paths, { limits })).toEqual([
      ['ok-1', 'ok-1'],
      ['abort-1', 'it filled the memory or broke the parser (SIGABRT)'],
      ['ok-2', 'ok-2'],
      ['deep-1', 'it is nested too deeply or is too large for the parser'],
      ['throw-1', 'it could not be read (TypeError)'],
      ['exit-1', 'it ended the parser'],
      ['ok-3', 'ok-3'],
      ['memory-1', 'it filled the memory or broke the parser (SIGABRT)'],
      ['hang-1', 'it took longer than 6000 ms'],
      ['ok-4', 'ok-4'],
      ['abort-2', 'it filled the memory or broke the parser (SIGABRT)'],
    ]);
  }, 60_000);

  it('are given up behind too many that kill the process', async () => {
    const paths = ['exit-1', 'exit-2', 'exit-3', 'ok-1'];
    const answers = await looks(paths, { limits: { ...CHILD_LIMITS, deaths: 1 } });
    expect(answers).toEqual([
      ['exit-1', 'it ended the parser'],
      ['exit-2', 'it ended the parser'],
      ['exit-3', 'too many files before it broke the parser'],
      ['ok-1', 'too many files before it broke the parser'],
    ]);
  }, 30_000);

  it('are left in the middle of one that hangs when nobody waits any more', async () => {
    const leaving = new AbortController();
    const attempt = looks(['hang-1'], { signal: leaving.signal, limits: CHILD_LIMITS });
    const pid = await hangingPid();
    leaving.abort();
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    expect(isAlive(pid)).toBe(false);
  }, 30_000);

  it('are told once, also where the answer comes after its time and before the end of the process', async () => {
    const limits = { ...CHILD_LIMITS, fileMs: 1_000 };
    const signal = holdingUp(2_000);
    expect(await looks(['slow-1', 'ok-1', 'ok-2'], { limits, signal })).toEqual([
      ['slow-1', 'it took longer than 1000 ms'],
      ['ok-1', 'ok-1'],
      ['ok-2', 'ok-2'],
    ]);
  }, 30_000);

  it('are not told any more when nobody waits, whatever is still on its way', async () => {
    const leaving = new AbortController();
    const taken: string[] = [];
    const paths = Array.from({ length: 200 }, (_, index) => `ok-${index}`);
    const take = (path: string): void => {
      taken.push(path);
      leaving.abort();
    };
    const attempt = looks(paths, { signal: leaving.signal, take });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    expect(taken).toEqual(['ok-0']);
  }, 30_000);

  it('leave no process behind when the one that asked is killed', async () => {
    const home = resolve(__dirname, '../../..');
    const parent = join(FIXTURES, 'leaving-parent.cjs');
    const { signal } = spawnSync(process.execPath, [parent, home, pidFile()], { timeout: 20_000 });
    expect(signal).toBe('SIGKILL');
    const pid = await hangingPid();
    await until(() => !isAlive(pid), 10_000);
    expect(isAlive(pid)).toBe(false);
  }, 40_000);

  it('cannot be looked at by a program that is not there', async () => {
    const attempt = looks(['ok-1'], { program: join(FIXTURES, 'not-there.ts') });
    await expect(attempt).rejects.toThrow('ended before it began');
  }, 30_000);
});

describe('a process that has looked at files without a mishap', () => {
  it('looks at those of the next order, up to a number of orders', async () => {
    const pids: string[] = [];
    for (let order = 0; order < 30; order += 1) pids.push(await pidOf());
    expect(new Set(pids).size).toBe(2);
    expect(pids[24]).toBe(pids[0]);
    expect(pids[25]).not.toBe(pids[0]);
  }, 60_000);

  it('looks no more once a file broke, hung or killed it, or nobody waited', async () => {
    const pids = [await pidOf()];
    for (const path of ['throw-1', 'hang-1', 'exit-1']) {
      await looks([path]);
      pids.push(await pidOf());
    }
    const leaving = new AbortController();
    const attempt = looks(['pid-1', 'ok-1'], {
      signal: leaving.signal,
      take: () => leaving.abort(),
    });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    pids.push(await pidOf());
    expect(new Set(pids).size).toBe(5);
    expect(pids.slice(0, -1).filter((pid) => isAlive(Number(pid)))).toEqual([]);
  }, 60_000);

  it('serves one order at a time', async () => {
    const [one, other] = await Promise.all([pidOf(), pidOf()]);
    expect(one).not.toBe(other);
  }, 30_000);

  it('is replaced where it died while it rested, and its order loses nothing', async () => {
    const dead = await pidOf();
    process.kill(Number(dead), 'SIGKILL');
    // At once: nobody here has heard of its death yet.
    const answers = await looks(['ok-1', 'ok-2']);
    expect(answers).toEqual([
      ['ok-1', 'ok-1'],
      ['ok-2', 'ok-2'],
    ]);
  }, 30_000);

  it('ends with the one that asked, and does not hold it up', async () => {
    const home = resolve(__dirname, '../../..');
    const parent = join(FIXTURES, 'resting-parent.cjs');
    const { status, stdout } = spawnSync(process.execPath, [parent, home], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(status).toBe(0);
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await until(() => !isAlive(pid), 10_000);
    expect(isAlive(pid)).toBe(false);
  }, 40_000);
});

async function pidOf(): Promise<string> {
  return (await looks(['pid-1']))[0]?.[1] ?? '';
}

async function looks(paths: readonly string[], parts: Partial<FilesOrder<string>> = {}) {
  const answers: (readonly [string, string])[] = [];
  await lookIntoFiles<string>({
    program: join(FIXTURES, 'misbehaving-child.ts'),
    root: folder,
    setup: pidFile(),
    paths,
    limits: LIMITS,
    signal: new AbortController().signal,
    progress: () => undefined,
    take: (path, look) => answers.push([path, look.kind === 'looked' ? look.result : look.reason]),
    ...parts,
  });
  return answers;
}

/** Holds this whole process up, once, when nobody listens to it any more: the child answers meanwhile. */
function holdingUp(ms: number): AbortSignal {
  const { signal } = new AbortController();
  const remove = signal.removeEventListener.bind(signal);
  let left = 1;
  signal.removeEventListener = (type: string, listener: EventListener) => {
    remove(type, listener);
    if (left === 0) return;
    left -= 1;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  };
  return signal;
}

function pidFile(): string {
  return join(folder, 'pid');
}

async function hangingPid(): Promise<number> {
  let pid = 0;
  await until(() => {
    try {
      pid = Number(readFileSync(pidFile(), 'utf8'));
    } catch {
      return false;
    }
    return pid > 0;
  }, 20_000);
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
