import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  followDescendants,
  type Descendants,
} from '../../../src/adapters/inspection/run-command/follow-descendants';

const ROOT = 100;

let proc: string;
let descendants: Descendants | null = null;

beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'belay-proc-'));
});

afterEach(async () => {
  descendants?.stop();
  await rm(proc, { recursive: true, force: true });
});

describe('followDescendants', () => {
  it('remembers those whose parents have gone', async () => {
    await shows(ROOT, { start: 1, children: [101] });
    await shows(101, { start: 2, children: [102] });
    await shows(102, { start: 3, children: [] });
    descendants = followDescendants(ROOT, proc);
    expect(await alive()).toEqual([101, 102]);
    await ends(ROOT);
    await ends(101);
    expect(await alive()).toEqual([102]);
  });

  it('takes no children of a stranger that got the id of a descendant', async () => {
    await shows(ROOT, { start: 1, children: [101] });
    await shows(101, { start: 2, children: [] });
    descendants = followDescendants(ROOT, proc);
    expect(await alive()).toEqual([101]);
    await shows(ROOT, { start: 1, children: [] });
    await shows(101, { start: 50, children: [200] });
    await shows(200, { start: 51, children: [] });
    expect(await alive()).toEqual([]);
  });

  it('takes no children of a stranger that got the id of the command itself', async () => {
    await shows(ROOT, { start: 1, children: [] });
    descendants = followDescendants(ROOT, proc);
    expect(await alive()).toEqual([]);
    await shows(ROOT, { start: 50, children: [200] });
    await shows(200, { start: 51, children: [] });
    expect(await alive()).toEqual([]);
  });

  it('takes a new child that got the id of one that has gone', async () => {
    await shows(ROOT, { start: 1, children: [101] });
    await shows(101, { start: 2, children: [] });
    descendants = followDescendants(ROOT, proc);
    expect(await alive()).toEqual([101]);
    await shows(101, { start: 50, children: [102] });
    await shows(102, { start: 51, children: [] });
    expect(await alive()).toEqual([101, 102]);
  });

  it('counts one that has ended, and that nobody has heard of yet, as gone', async () => {
    await shows(ROOT, { start: 1, children: [101] });
    await shows(101, { start: 2, children: [] });
    descendants = followDescendants(ROOT, proc);
    expect(await alive()).toEqual([101]);
    await shows(101, { start: 2, children: [], state: 'Z' });
    expect(await alive()).toEqual([]);
  });
});

async function alive(): Promise<readonly number[]> {
  return [...((await descendants?.alive()) ?? [])].sort((a, b) => a - b);
}

interface Shown {
  readonly start: number;
  readonly children: readonly number[];
  readonly state?: string;
}

/** A process as the system would show it: its start is the 22nd field, behind a name that may hold anything. */
async function shows(pid: number, { start, children, state = 'S' }: Shown): Promise<void> {
  const task = join(proc, String(pid), 'task', String(pid));
  await mkdir(task, { recursive: true });
  const fields = Array.from({ length: 18 }, () => '0').join(' ');
  await writeFile(
    join(proc, String(pid), 'stat'),
    `${pid} (a) b (c) ${state} ${fields} ${start} 0 0\n`,
  );
  await writeFile(join(task, 'children'), children.map((child) => `${child} `).join(''));
}

function ends(pid: number): Promise<void> {
  return rm(join(proc, String(pid)), { recursive: true });
}
