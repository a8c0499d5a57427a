import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeInventory } from '../../../src/adapters/inspection/inventory/take-inventory';
import type { InventoryContext } from '../../../src/adapters/inspection/inventory/take-inventory';
import { canonicalJson } from '../../../src/domain/canonical-json';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-inventory-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('the inventory', () => {
  it('lists every file once, sorted, with its size, digest and mode', async () => {
    await put({ 'b.js': 'b', 'a/z.txt': 'hello', 'a.b': 'x' });
    await chmod(join(root, 'b.js'), 0o755);
    const { files } = await taken();
    expect(files.map(({ path }) => path)).toEqual(['a.b', 'a/z.txt', 'b.js']);
    expect(files[1]).toEqual({
      path: 'a/z.txt',
      bytes: 5,
      sha256: sha256('hello'),
      executable: false,
      kind: 'text',
    });
    expect(files[2]).toMatchObject({ executable: true, kind: 'javascript' });
  });

  it('has the digest of the canonical JSON of all it lists', async () => {
    await put({ 'a.js': '1', '.git/objects/aa/bb': 'x', 'c\nd': 'y' });
    await symlink('a.js', join(root, 'l'));
    const { digest, ...lists } = await taken();
    expect(digest).toBe(`sha256:${sha256(canonicalJson(lists))}`);
  });

  it('has another digest when a byte, a mode or a link is another', async () => {
    await put({ 'a.js': '1' });
    await symlink('a.js', join(root, 'l'));
    const first = await taken();
    expect((await taken()).digest).toBe(first.digest);
    await chmod(join(root, 'a.js'), 0o755);
    const second = await taken();
    await put({ 'a.js': '2' });
    const third = await taken();
    await rm(join(root, 'l'));
    await symlink('b.js', join(root, 'l'));
    const digests = [first, second, third, await taken()].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(4);
  });

  it('lists links and follows none', async () => {
    await mkdir(join(root, 'in'));
    await symlink('/etc', join(root, 'etc'));
    await symlink('..', join(root, 'in/loop'));
    await symlink('nowhere', join(root, 'in/gone'));
    const { files, links } = await taken();
    expect(files).toEqual([]);
    expect(links).toEqual([
      { path: 'etc', to: '/etc' },
      { path: 'in/gone', to: 'nowhere' },
      { path: 'in/loop', to: '..' },
    ]);
  });

  it('tells of pipes and sockets, and never waits for one', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.json')]);
    const server = createServer().listen(join(root, 'sock'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { files, unlisted } = await taken();
    server.close();
    expect(files).toEqual([]);
    expect(unlisted).toEqual([
      { path: 'pipe.json', reason: 'it is a pipe' },
      { path: 'sock', reason: 'it is a socket' },
    ]);
  });

  it('tells of files and folders that it may not read', async () => {
    await put({ 'ok.txt': '1', 'shut.txt': '2', 'shut/a.txt': '3' });
    await chmod(root, 0o755);
    await chmod(join(root, 'shut.txt'), 0);
    await chmod(join(root, 'shut'), 0);
    const { files, unlisted } = await asNobody(() => taken());
    await chmod(join(root, 'shut'), 0o755);
    expect(files.map(({ path }) => path)).toEqual(['ok.txt']);
    expect(unlisted).toEqual([
      { path: 'shut', reason: 'it may not be read' },
      { path: 'shut.txt', reason: 'it may not be read' },
    ]);
  });

  it.each([
    ['a line end', 'a\nb.js', 'a\\u000ab.js'],
    ['an escape of the terminal', 'a\u001b[2Jb.js', 'a\\u001b[2Jb.js'],
    ['a turn of direction', 'a\u202eb.js', 'a\\u202eb.js'],
  ])('shows a name with %s escaped, as a hole', async (_what, name, shown) => {
    await put({ [name]: 'x' });
    expect(await taken()).toMatchObject({
      files: [],
      unlisted: [{ path: shown, reason: 'its name holds characters that cannot be seen' }],
    });
  });

  it('tells of a name that is no UTF-8', async () => {
    await writeFile(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff, 0xfe])]), 'x');
    const { files, unlisted } = await taken();
    expect(files).toEqual([]);
    expect(unlisted.map(({ reason }) => reason)).toEqual(['its name is not valid UTF-8']);
  });

  it("leaves out git's own store, and says so", async () => {
    await put({
      '.git/config': 'c',
      '.git/objects/aa/b': 'x',
      'sub/.git/lfs/x': 'y',
      'objects/a': 'z',
    });
    const { files, leftOut } = await taken();
    expect(files.map(({ path }) => path)).toEqual(['.git/config', 'objects/a']);
    expect(leftOut.map(({ path }) => path)).toEqual(['.git/objects', 'sub/.git/lfs']);
    expect(leftOut[0]?.reason).toMatch(/history/);
  });

  it('tells of a file that grows while it is read', async () => {
    const path = join(root, 'grows.log');
    await put({ 'grows.log': '' });
    await truncate(path, 100_000_000);
    // Said piece by piece, while it is read.
    const { files, unlisted } = await taken({ progress: () => appendFileSync(path, 'more') });
    expect(files).toEqual([]);
    expect(unlisted).toEqual([{ path: 'grows.log', reason: 'it changed while it was read' }]);
  });

  it('stops at its limit of entries, and says so', async () => {
    await put(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, ''])));
    const { files, unlisted } = await taken({
      limits: { entries: 20, bytes: 1e9, unlisted: 1_000 },
    });
    expect(files).toHaveLength(20);
    expect(unlisted).toEqual([
      {
        path: '.',
        reason: 'the folder holds more than 20 entries; the others were not listed',
      },
    ]);
  });

  it('tells of every file beyond its limit of bytes, and counts what it does not name', async () => {
    await put(
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, '0123456789'])),
    );
    const { files, unlisted } = await taken({ limits: { entries: 99, bytes: 45, unlisted: 3 } });
    expect(files).toHaveLength(4);
    expect(unlisted).toHaveLength(4);
    expect(unlisted.at(-1)).toEqual({ path: '.', reason: '2 more are not named here' });
  });

  it('reads a sparse file of 1 GiB whole in little memory, and shows that it is alive', async () => {
    const file = await open(join(root, 'sparse.json'), 'w');
    await file.truncate(1024 ** 3);
    await file.close();
    const before = process.memoryUsage().rss;
    let said = 0;
    const { files } = await taken({ progress: () => (said += 1) });
    expect(files).toMatchObject([{ bytes: 1024 ** 3, kind: 'json' }]);
    expect(said).toBeGreaterThan(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  }, 120_000);

  it('ends in the middle of a large file when nobody waits any more', async () => {
    const file = await open(join(root, 'sparse'), 'w');
    await file.truncate(100 * 1024 ** 3);
    await file.close();
    const leaving = new AbortController();
    const limits = { entries: 10, bytes: 1e12, unlisted: 10 };
    const attempt = taken({ limits, signal: leaving.signal, progress: () => leaving.abort() });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('reads many files in reasonable time', async () => {
    const folders = Array.from({ length: 50 }, (_, index) => join(root, `d${index}`));
    for (const folder of folders) {
      await mkdir(folder);
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => writeFile(join(folder, `${index}.txt`), 'x')),
      );
    }
    const { files, unlisted } = await taken();
    expect(files).toHaveLength(5_000);
    expect(unlisted).toEqual([]);
  });

  it.each(['', 'not-there'])('refuses a root that is no folder: "%s"', async (name) => {
    await put({ file: 'x' });
    const path = join(root, name === '' ? 'file' : name);
    const context = { signal: new AbortController().signal, progress: () => undefined };
    await expect(takeInventory(path, context)).rejects.toMatchObject({
      code: name === '' ? 'ARTIFACT_UNSUPPORTED' : 'ARTIFACT_MISSING',
    });
  });
});

describe('the kind of a file', () => {
  it.each([
    ['a.mjs', '', 'javascript'],
    ['a.tsx', '', 'typescript'],
    ['bin/tool', '#!/usr/bin/env node\n', 'javascript'],
    ['bin/tool', '#!/bin/sh\n', 'text'],
    ['package.json', '{}', 'npm-manifest'],
    ['a/npm-shrinkwrap.json', '{}', 'npm-lockfile'],
    ['uv.lock', '', 'uv-lockfile'],
    ['poetry.lock', '', 'poetry-lockfile'],
    ['requirements-dev.txt', '', 'requirements'],
    ['requirements/base.txt', '', 'requirements'],
    ['notes.txt', '', 'text'],
    ['Dockerfile', '', 'dockerfile'],
    ['docker/Dockerfile.dev', '', 'dockerfile'],
    ['web.Dockerfile', '', 'dockerfile'],
    ['Dockerfile.md', '', 'text'],
    ['Dockerfile-web', '', 'dockerfile'],
    ['dockerfile.js.map', '{}', 'text'],
    ['dockerfile-rule.ts', '', 'typescript'],
    ['Dockerfile.dockerignore', '', 'text'],
    ['main.tf', '', 'terraform'],
    ['main.tf.json', '{}', 'terraform'],
    ['stack.json', '{"AWSTemplateFormatVersion": "2010-09-09"}', 'cloudformation'],
    ['s.yml', 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n', 'cloudformation'],
    ['s.template', '{"Resources":{"B":{"Type":"AWS::S3::Bucket"}}}', 'cloudformation'],
    ['k8s.yaml', 'kind: Service\n', 'yaml'],
    ['task.json', '{"family":"a","containerDefinitions":[]}', 'task-definition'],
    ['data.json', '{"a":1}', 'json'],
    ['data.json', '\u0000\u0001\u0002', 'json'],
    ['index.html', '', 'html'],
    ['a.css', '', 'css'],
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}', 'oci-layout'],
    ['a.tar.gz', '', 'archive'],
    ['blob', 'PK\u0003\u0004', 'archive'],
    ['video.ts', `G${'\u0000'.repeat(200)}`, 'binary'],
    ['app_de.ts', '<?xml version="1.0"?><!DOCTYPE TS>', 'text'],
    ['.env', 'A=1', 'text'],
    ['.env.production', 'A=1', 'text'],
    ['program', '\u007fELF\u0000', 'binary'],
    ['constructor', 'x', 'text'],
  ])('%s with %j is %s', async (path, text, kind) => {
    await put({ [path]: text });
    expect((await taken()).files).toMatchObject([{ kind }]);
  });
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

function taken(context: Partial<InventoryContext> = {}) {
  const signal = new AbortController().signal;
  return takeInventory(root, { signal, progress: () => undefined, ...context });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Root reads everything, so root becomes somebody else for a while. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
