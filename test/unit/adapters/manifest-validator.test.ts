import { chmod, mkdtemp, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileArtifactStore } from '../../../src/adapters/artifacts/file-artifact-store';
import { createManifestValidator } from '../../../src/adapters/validators/manifest-validator';
import type { CheckSubject } from '../../../src/ports/artifact-check';

let home: string;
let subject: CheckSubject;
const signal = new AbortController().signal;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-manifest-'));
  const source = join(home, 'source');
  await mkdir(join(source, 'lib'), { recursive: true });
  await writeFile(join(source, 'server.js'), 'hello');
  await writeFile(join(source, 'lib/a.js'), 'abc');
  await symlink('server.js', join(source, 'main.js'));
  const store = createFileArtifactStore({ home });
  const { digest } = await store.put({ kind: 'files', path: source, commit: null }, signal);
  subject = {
    artifact: digest,
    manifest: await store.manifest(digest),
    filesPath: store.filesPath(digest),
  };
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('the manifest validator', () => {
  it('finds nothing in an artifact that is as it was stored', async () => {
    expect(await validate()).toMatchObject({
      check: 'manifest',
      status: 'completed',
      covered: 3,
      applicable: 3,
      probe: 'none',
      findings: [],
    });
  });

  it('finds a file that is gone', async () => {
    await rm(file('lib/a.js'));
    expect(await found()).toEqual([['lib/a.js', 'missing', 'critical']]);
  });

  it('finds a file that has other bytes of the same length', async () => {
    await rm(file('server.js'));
    await writeFile(file('server.js'), 'hallo', { mode: 0o444 });
    expect(await found()).toEqual([['server.js', 'changed', 'critical']]);
  });

  it('finds a file that became executable', async () => {
    await chmod(file('server.js'), 0o555);
    expect(await found()).toEqual([['server.js', 'changed', 'critical']]);
  });

  it('finds a link that now leads elsewhere inside of the folder', async () => {
    await rm(file('main.js'));
    await symlink('lib/a.js', file('main.js'));
    expect(await found()).toEqual([['main.js', 'changed', 'critical']]);
  });

  it.each(['/etc/passwd', '../../..'])('finds a link that leads out to %s', async (to) => {
    await rm(file('main.js'));
    await symlink(to, file('main.js'));
    expect(await found()).toEqual([['main.js', 'leaves-folder', 'critical']]);
  });

  it('finds a file whose place a link took', async () => {
    await rm(file('server.js'));
    await symlink('lib/a.js', file('server.js'));
    const rules = await found();
    expect(rules).toContainEqual(['server.js', 'changed', 'critical']);
  });

  it('finds a path in the manifest that leaves the folder', async () => {
    const [entry] = subject.manifest.entries;
    const manifest = {
      manifestVersion: 1 as const,
      entries: [{ ...entry!, path: '../../../source/server.js' }],
    };
    subject = { ...subject, manifest };
    expect(await found()).toContainEqual([
      '../../../source/server.js',
      'leaves-folder',
      'critical',
    ]);
  });

  it('mentions a file that was put there afterwards, without blocking', async () => {
    await writeFile(file('lib/cache.bin'), 'x');
    expect(await found()).toEqual([['lib/cache.bin', 'not-in-manifest', 'medium']]);
  });

  it('finds everything missing when the stored copy is gone', async () => {
    await rm(subject.filesPath, { recursive: true });
    const report = await validate();
    expect(report.findings.map(({ rule }) => rule)).toEqual(['missing', 'missing', 'missing']);
  });

  it('stops when nobody waits any more', async () => {
    const attempt = createManifestValidator().run(subject, {
      signal: AbortSignal.abort(),
      progress: () => undefined,
    });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('shows how far it is', async () => {
    const said: (readonly [number, number])[] = [];
    await createManifestValidator().run(subject, {
      signal,
      progress: (done, total) => said.push([done, total]),
    });
    expect(said).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });
});

function file(path: string): string {
  return join(subject.filesPath, path);
}

function validate() {
  return createManifestValidator().run(subject, { signal, progress: () => undefined });
}

async function found() {
  const { findings } = await validate();
  return findings.map(({ rule, severity, location }) => [location?.path, rule, severity]);
}
