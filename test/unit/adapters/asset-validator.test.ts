import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileArtifactStore } from '../../../src/adapters/artifacts/file-artifact-store';
import { createAssetValidator } from '../../../src/adapters/validators/assets/asset-validator';
import type { Digest } from '../../../src/domain/revision';
import type { ArtifactManifest, ArtifactStore } from '../../../src/ports/artifact-store';
import type { CheckSubject } from '../../../src/ports/check-subject';
import { linesOf, put, quietContext, reportOn, subjectOf } from './validator-subject';
import type { Files } from './validator-subject';

let home: string;
const { signal } = quietContext();

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'belay-assets-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('the asset validator, of a stored artifact', () => {
  let store: ArtifactStore;
  let artifact: Digest;
  let manifest: ArtifactManifest;

  beforeEach(async () => {
    const source = join(home, 'source');
    await mkdir(join(source, 'lib'), { recursive: true });
    await writeFile(join(source, 'server.js'), 'hello');
    await writeFile(join(source, 'lib/a.js'), 'abc');
    await symlink('server.js', join(source, 'main.js'));
    store = createFileArtifactStore({ home });
    artifact = (await store.put({ kind: 'files', path: source, commit: null }, signal)).digest;
    manifest = await store.manifest(artifact);
  });

  it('finds nothing in an artifact that is as it was stored', async () => {
    expect(await validate()).toMatchObject({
      validator: 'assets',
      passed: true,
      severity: null,
      covered: 3,
      total: 3,
      problems: [],
    });
  });

  it('finds a file that is gone', async () => {
    await rm(file('lib/a.js'));
    expect(await found()).toEqual(['lib/a.js assets/manifest-missing critical']);
  });

  it('finds a file that has other bytes of the same length', async () => {
    await rm(file('server.js'));
    await writeFile(file('server.js'), 'hallo', { mode: 0o444 });
    expect(await found()).toEqual(['server.js assets/manifest-changed critical']);
  });

  it('reads no byte that the inventory has just read, and any that it has not', async () => {
    const subject = await subjectOf(store.filesPath(artifact), { artifact });
    await rm(file('server.js'));
    await writeFile(file('server.js'), 'hallo', { mode: 0o444 });
    const reportWith = (inventory: CheckSubject['inventory']) =>
      validator().validate({ ...subject, inventory }, quietContext());
    expect(linesOf(await reportWith(subject.inventory))).toEqual([]);
    const unread = { ...subject.inventory, files: [] };
    expect(linesOf(await reportWith(unread))).toContain(
      'server.js assets/manifest-changed critical',
    );
  });

  it('finds a file that became executable', async () => {
    await chmod(file('server.js'), 0o555);
    expect(await found()).toEqual(['server.js assets/manifest-changed critical']);
  });

  it('finds a link that now leads elsewhere inside of the folder', async () => {
    await rm(file('main.js'));
    await symlink('lib/a.js', file('main.js'));
    expect(await found()).toEqual(['main.js assets/manifest-changed critical']);
  });

  it.each(['/etc/passwd', '../../..'])('finds a link that leads out to %s', async (to) => {
    await rm(file('main.js'));
    await symlink(to, file('main.js'));
    expect(await found()).toEqual([
      'main.js assets/manifest-leaves-folder critical',
      'main.js assets/link-leaves high',
    ]);
  });

  it('finds a file whose place a link took', async () => {
    await rm(file('server.js'));
    await symlink('lib/a.js', file('server.js'));
    expect(await found()).toContain('server.js assets/manifest-changed critical');
  });

  it('finds a path in the manifest that leaves the folder', async () => {
    const [entry] = manifest.entries;
    const entries = [{ ...entry!, path: '../../../source/server.js' }];
    manifest = { manifestVersion: 1 as const, entries };
    expect(await found()).toContain(
      '../../../source/server.js assets/manifest-leaves-folder critical',
    );
  });

  it('mentions a file that was put there afterwards, without blocking', async () => {
    await writeFile(file('lib/cache.bin'), 'x');
    expect(await validate()).toMatchObject({ passed: true, severity: null });
    expect(await found()).toEqual(['lib/cache.bin assets/not-in-manifest medium']);
  });

  it('warns of a history that ships', async () => {
    await put(store.filesPath(artifact), { '.git/objects/aa/b': 'x', '.git/HEAD': 'x' });
    const lines = await found();
    expect(lines).toContain('.git/objects assets/history medium');
  });

  it('stops when nobody waits any more', async () => {
    const subject = await subjectOf(store.filesPath(artifact), { artifact });
    const context = { signal: AbortSignal.abort(), progress: () => undefined };
    const attempt = validator().validate(subject, context);
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('shows how far it is', async () => {
    const said: (readonly [number, number])[] = [];
    const subject = await subjectOf(store.filesPath(artifact), { artifact });
    await validator().validate(subject, {
      signal,
      progress: (done, total) => said.push([done, total]),
    });
    expect(said.slice(0, 3)).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });

  function validator() {
    return createAssetValidator({ manifest: async () => manifest });
  }

  function file(path: string): string {
    return join(store.filesPath(artifact), path);
  }

  function validate() {
    return reportOn(validator(), store.filesPath(artifact), { artifact });
  }

  async function found() {
    return linesOf(await validate());
  }
});

describe('the asset validator, of links and holes', () => {
  it.each([
    ['/etc/passwd', 'l assets/link-leaves high'],
    ['../..', 'l assets/link-leaves high'],
    ['../../not-there', 'l assets/link-leaves high'],
    ['/not/there', 'l assets/link-leaves high'],
    ['not-there', 'l assets/dangling-link medium'],
    ['l', 'l assets/dangling-link medium'],
  ])('finds a link to %s', async (to, line) => {
    await symlink(to, join(home, 'l'));
    expect(await foundIn({})).toEqual([line]);
  });

  it('takes a link inside of the folder, and warns where it is absolute', async () => {
    await symlink('a.txt', join(home, 'l'));
    await symlink(join(home, 'a.txt'), join(home, 'm'));
    expect(await foundIn({ 'a.txt': 'x' })).toEqual(['m assets/absolute-link medium']);
  });

  it('makes a high problem of everything that could not be listed', async () => {
    const report = await reportIn({ 'a\nb': 'x' });
    expect(linesOf(report)).toEqual(['a\\u000ab assets/unlisted high']);
    expect(report).toMatchObject({ passed: false, covered: 0, total: 1 });
  });

  it('mentions names that differ only in case, and files beyond 100 MB', async () => {
    await put(home, { 'big.bin': '' });
    await truncate(join(home, 'big.bin'), 100_000_001);
    expect(await foundIn({ 'A.txt': 'x', 'a.txt': 'y' })).toEqual([
      'big.bin assets/large-file medium',
      'a.txt assets/case-collision low',
    ]);
  });
});

const PNG = '\u0089PNG\r\n';

describe('the asset validator, of pages', () => {
  const page = `<!doctype html>
<link rel="stylesheet" href="css/a.css?v=1">
<link rel="canonical" href="nowhere">
<script src=js/a.js></script>
<script>const x = "<img src='in-a-script.png'>";</script>
<!-- <img src="in-a-comment.png"> -->
<img src="img/a.png" srcset="img/a.png 1x, img/b%20c.png 2x" alt="a > b">
<a href="/orders">a route</a>
<img src="https://example.org/x.png"><img src="//example.org/x.png"><img src="data:image/png;base64,x">
<img src="{{ logo }}"><img src="%PUBLIC_URL%/x.png"><img src="">
<style>body { background: url("img/a.png") }</style>
`;
  const shipped: Files = {
    'index.html': page,
    'css/a.css':
      '/* url(no.png) */ @import "b.css"; @import "tailwindcss"; @import "@scope/theme/dark";\n.a { background: url(../img/a.png) } .b::after { content: "url(no.png)" }',
    'css/b.css': '.c { cursor: URL( "../img/a.png#x" ) }',
    'js/a.js': 'x',
    'img/a.png': 'x',
    'img/b c.png': 'x',
  };

  beforeEach(async () => {
    await mkdir(join(home, 'img'));
  });

  it('finds nothing where everything that is loaded ships', async () => {
    expect(await foundIn(shipped)).toEqual([]);
  });

  it.each([
    ['js/a.js', 'index.html:4 assets/missing-file high'],
    ['css/b.css', 'css/a.css:1 assets/missing-file high'],
  ])('finds what is missing: %s', async (path, line) => {
    const { [path]: _gone, ...files } = shipped;
    expect(await foundIn(files)).toEqual([line]);
  });

  it('names the missing file, and nothing behind its question mark', async () => {
    const secret = ['a', 'secret'].join('-');
    const report = await reportIn({ 'a.html': `<img src="gone.png?token=${secret}">` });
    expect(report.problems[0]?.title).toBe('refers to gone.png, which is not in the folder');
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('says what is missing, and how sure that is', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['<img src="/gone.png">', 'page.html:1 assets/missing-file medium'],
      ['<base href="/x/"><img src="gone.png">', 'page.html:1 assets/missing-file medium'],
      ['<img src="../../../../etc/passwd">', 'page.html:1 assets/missing-file high'],
      ['<img src="IMG/A.PNG">', 'page.html:1 assets/wrong-case high'],
      ['\n<style>\n.a{background:url(gone.png)}</style>', 'page.html:3 assets/missing-file high'],
      ['<video poster=gone.png></video>', 'page.html:1 assets/missing-file high'],
    ];
    const files = cases.flatMap(([text], index) => [
      [`${index}/page.html`, text],
      [`${index}/img/a.png`, 'x'],
    ]);
    expect([...(await foundIn(Object.fromEntries(files) as Files))].sort()).toEqual(
      cases.map(([, line], index) => `${index}/${line}`).sort(),
    );
  });

  it('finds a root path in any folder above its page', async () => {
    expect(await foundIn({ 'public/a/b.html': '<img src="/x.png">', 'public/x.png': 'x' })).toEqual(
      [],
    );
  });

  it('finds an empty picture that is shown, and only mentions an empty style sheet', async () => {
    const text = '<img src="e.png"><link rel=stylesheet href="e.css">';
    expect(await foundIn({ 'a.html': text, 'e.png': '', 'e.css': '' })).toEqual([
      'a.html:1 assets/empty-file high',
      'a.html:1 assets/empty-file low',
    ]);
  });

  it.each(['<'.repeat(300_000), '<!--'.repeat(200_000), '<a '.repeat(200_000), '<img src="'])(
    'reads broken markup to its end in time (%#)',
    async (text) => {
      const startedAtMs = Date.now();
      expect(await foundIn({ 'a.html': text, 'b.css': 'url('.repeat(200_000) })).toEqual([]);
      expect(Date.now() - startedAtMs).toBeLessThan(10_000);
    },
  );

  it('leaves the pages of packages alone', async () => {
    expect(await foundIn({ 'node_modules/a/docs/a.html': '<img src="gone.png">' })).toEqual([]);
  });
});

describe('the asset validator, of content', () => {
  it('says what does not hold what its name says', async () => {
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      ['a.png', '<!doctype html><p>not found', ['a.png assets/content-type medium']],
      ['a.png', PNG, []],
      ['a.jpg', PNG, []],
      ['a.woff2', 'wOF2', []],
      ['a.woff2', '<html>', ['a.woff2 assets/content-type medium']],
      ['a.svg', '<svg xmlns="x">', []],
      ['a.svg', PNG, ['a.svg assets/content-type medium']],
      ['a.html', 'MZ\u0000\u0001', ['a.html assets/content-type medium']],
      [
        'a.png',
        'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
        ['a.png assets/lfs-pointer high'],
      ],
    ];
    for (const [index, [path, text]] of cases.entries()) {
      await mkdir(join(home, `${index}`));
      await writeFile(join(home, `${index}`, path), Buffer.from(text, 'latin1'));
    }
    expect([...(await foundIn({}))].sort()).toEqual(
      cases.flatMap(([, , lines], index) => lines.map((line) => `${index}/${line}`)).sort(),
    );
  });
});

async function reportIn(files: Files) {
  await put(home, files);
  for (const path of Object.keys(files).filter((one) => one.endsWith('.png')))
    if (files[path] !== '') await writeFile(join(home, path), Buffer.from(PNG, 'latin1'));
  return reportOn(createAssetValidator(), home);
}

async function foundIn(files: Files) {
  return linesOf(await reportIn(files));
}
