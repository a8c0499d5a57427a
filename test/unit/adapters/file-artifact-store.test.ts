import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileArtifactStore } from '../../../src/adapters/artifacts/file-artifact-store';
import { copyFile } from '../../../src/adapters/artifacts/file-artifact-store/copy-file';
import { artifactFiles } from '../../../src/domain/home-layout';

const MAKE_PIPE = 'mkfifo';

let home: string;
let source: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-store-'));
  source = join(home, 'source');
  await mkdir(source);
  await writeFile(join(source, 'server.js'), 'hello');
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('the artifact store in files', () => {
  it('keeps a copy that nobody may write to, executables executable', async () => {
    await writeFile(join(source, 'run.sh'), '#!/bin/sh\n');
    await chmod(join(source, 'run.sh'), 0o755);
    const { digest } = await put();
    const files = artifactFiles(home, digest);
    expect(await readFile(`${files}/server.js`, 'utf8')).toBe('hello');
    expect(((await stat(`${files}/server.js`)).mode & 0o777).toString(8)).toBe('444');
    expect(((await stat(`${files}/run.sh`)).mode & 0o777).toString(8)).toBe('555');
  });

  it('keeps the copy when the source changes or goes', async () => {
    const { digest } = await put();
    await writeFile(join(source, 'server.js'), 'something else');
    expect(await readFile(`${artifactFiles(home, digest)}/server.js`, 'utf8')).toBe('hello');
    expect((await put()).digest).not.toBe(digest);
  });

  it('gives the same digest whatever times the files have', async () => {
    const { digest } = await put();
    await utimes(join(source, 'server.js'), 1, 1);
    expect((await put()).digest).toBe(digest);
  });

  it('gives another digest when a file becomes executable', async () => {
    const { digest } = await put();
    await chmod(join(source, 'server.js'), 0o755);
    expect((await put()).digest).not.toBe(digest);
  });

  it('keeps the same bytes once, also when they come several times at once', async () => {
    const stored = await Promise.all([put(), put(), put()]);
    expect(new Set(stored.map(({ digest }) => digest)).size).toBe(1);
    expect(await readdir(join(home, 'artifacts'))).toHaveLength(1);
  });

  it('keeps links inside of the folder as links', async () => {
    await mkdir(join(source, 'bin'));
    await symlink('../server.js', join(source, 'bin', 'start'));
    const { digest } = await put();
    const { entries } = await createFileArtifactStore({ home }).manifest(digest);
    expect(entries[0]).toEqual({ type: 'link', path: 'bin/start', to: '../server.js' });
    expect(await readFile(`${artifactFiles(home, digest)}/bin/start`, 'utf8')).toBe('hello');
  });

  it.each([
    ['an absolute path', '/etc/passwd'],
    ['a path above the folder', '../../secret'],
  ])('refuses a link to %s', async (_what, to) => {
    await symlink(to, join(source, 'link'));
    await expect(put()).rejects.toMatchObject({
      code: 'ARTIFACT_ESCAPES',
      details: { path: 'link' },
    });
    await expectNothingStored();
  });

  it('refuses a link that leaves by way of another link', async () => {
    await mkdir(join(source, 'a/b'), { recursive: true });
    await symlink('a/b', join(source, 'deep'));
    await writeFile(join(home, 'outside'), 'x');
    // By name it stays inside; followed, `deep/../../..` is above the folder.
    await symlink('deep/../../../artifacts', join(source, 'link'));
    await expect(put()).rejects.toMatchObject({ details: { path: 'link' } });
    await expectNothingStored();
  });

  it('refuses a link to nothing', async () => {
    await symlink('nowhere', join(source, 'link'));
    await expect(put()).rejects.toMatchObject({ code: 'ARTIFACT_UNSUPPORTED' });
  });

  it('refuses pipes', async () => {
    execFileSync(MAKE_PIPE, [join(source, 'pipe')]);
    await expect(put()).rejects.toMatchObject({
      code: 'ARTIFACT_UNSUPPORTED',
      details: { path: 'pipe' },
    });
    await expectNothingStored();
  });

  it('refuses sockets', async () => {
    const server = createServer().listen(join(source, 's'));
    await once(server, 'listening');
    await expect(put()).rejects.toMatchObject({
      code: 'ARTIFACT_UNSUPPORTED',
      details: { path: 's' },
    });
    server.close();
  });

  it('refuses a single file as a source', async () => {
    await expect(put(join(source, 'server.js'))).rejects.toMatchObject({
      code: 'ARTIFACT_UNSUPPORTED',
    });
  });

  it('refuses a folder of folders without a file', async () => {
    await rm(join(source, 'server.js'));
    await mkdir(join(source, 'empty/deeper'), { recursive: true });
    await expect(put()).rejects.toMatchObject({ code: 'ARTIFACT_EMPTY' });
  });

  it('refuses more files and more bytes than its limits, and says which', async () => {
    await writeFile(join(source, 'b.js'), 'x'.repeat(3_000_000));
    const small = createFileArtifactStore({ home, limits: { entries: 1, bytes: 10 ** 9 } });
    await expect(put(source, small)).rejects.toThrow('more than 1 files');
    const light = createFileArtifactStore({ home, limits: { entries: 10, bytes: 2 * 1024 ** 2 } });
    await expect(put(source, light)).rejects.toThrow('more than 2 MiB');
    await expectNothingStored();
  });

  it('notices that a file grew while it was copied', async () => {
    const path = join(source, 'server.js');
    const copying = copyFile({
      from: path,
      to: join(home, 'copy'),
      path: 'server.js',
      count: () => appendFileSync(path, '!'),
    });
    await expect(copying).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
  });

  it('notices that a link took the place of a file', async () => {
    await symlink('/etc/passwd', join(home, 'link'));
    const copying = copyFile({
      from: join(home, 'link'),
      to: join(home, 'copy'),
      path: 'a',
      count: () => undefined,
    });
    await expect(copying).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
  });

  it('does not believe a manifest that was changed in the store', async () => {
    const { digest } = await put();
    await writeFile(
      `${artifactFiles(home, digest)}/../manifest.json`,
      '{"manifestVersion":1,"entries":[]}',
    );
    const manifest = createFileArtifactStore({ home }).manifest(digest);
    await expect(manifest).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
  });

  it('removes what a crash left half made, once it is old', async () => {
    const [old, young] = ['incoming-old', 'incoming-young'].map((name) =>
      join(home, 'artifacts', name),
    );
    for (const folder of [old!, young!]) await mkdir(folder, { recursive: true });
    await utimes(old!, 1, 1);
    await put();
    expect(
      (await readdir(join(home, 'artifacts'))).filter((name) => name.startsWith('incoming')),
    ).toEqual(['incoming-young']);
  });

  it('keeps a document beside the files and never over them', async () => {
    const store = createFileArtifactStore({ home });
    const { digest } = await put();
    await store.attach(digest, 'revision-1.json', { schemaVersion: 1 });
    const path = `${artifactFiles(home, digest)}/../revision-1.json`;
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ schemaVersion: 1 });
    for (const name of ['manifest.json', 'files', '../escape', '.hidden', 'a/b']) {
      await expect(store.attach(digest, name, {})).rejects.toMatchObject({ code: 'USAGE' });
    }
  });

  it.each([
    ['other bytes', (file: string) => writeFile(file, 'hallo', { mode: 0o444 })],
    ['no file', () => Promise.resolve()],
    ['a link', (file: string) => symlink('/etc/passwd', file)],
  ])('does not pass a check with %s where a file was stored', async (_what, replace) => {
    const { digest } = await put();
    const file = `${artifactFiles(home, digest)}/server.js`;
    await rm(file);
    await replace(file);
    const check = createFileArtifactStore({ home }).check(digest, new AbortController().signal);
    await expect(check).rejects.toMatchObject({
      code: 'ARTIFACT_CHANGED',
      message: expect.stringContaining('server.js') as string,
    });
  });

  it('passes a check although an instance wrote beside the files', async () => {
    const { digest } = await put();
    await writeFile(`${artifactFiles(home, digest)}/server.log`, 'started');
    const check = createFileArtifactStore({ home }).check(digest, new AbortController().signal);
    await expect(check).resolves.toMatchObject({ digest });
  });

  it('does not guess at a document that is no JSON any more', async () => {
    const store = createFileArtifactStore({ home });
    const { digest } = await put();
    await writeFile(`${artifactFiles(home, digest)}/../revision-1.json`, '{"schemaV');
    const attached = store.attached(digest, 'revision-1.json');
    await expect(attached).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
  });

  it('takes no text for a digest that could lead elsewhere', async () => {
    const store = createFileArtifactStore({ home });
    await expect(store.manifest('sha256:../../etc')).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
    });
    expect(() => store.filesPath('../..')).toThrow('no artifact');
  });
});

function put(path = source, store = createFileArtifactStore({ home })) {
  return store.put({ kind: 'files', path, commit: null }, new AbortController().signal);
}

async function expectNothingStored() {
  expect(await readdir(join(home, 'artifacts'))).toEqual([]);
}
