import * as fc from 'fast-check';
import { isDefaultRegistryHost } from '../../../src/adapters/inspection/lockfiles/default-registry-hosts';
import { isInstalledPackage } from '../../../src/adapters/inspection/lockfiles/installed-packages';
import { lockfileKind } from '../../../src/adapters/inspection/lockfiles/lockfile-kind';
import type { Lockfile, LockfileOrNot } from '../../../src/adapters/inspection/lockfiles/lockfile';
import { readNpmLockfile } from '../../../src/adapters/inspection/lockfiles/npm-lockfile';
import { readPoetryLockfile } from '../../../src/adapters/inspection/lockfiles/poetry-lockfile';
import { readRequirements } from '../../../src/adapters/inspection/lockfiles/requirements';
import { readUvLockfile } from '../../../src/adapters/inspection/lockfiles/uv-lockfile';
import { INTEGRITY } from './vulnerability-subject';

function whole(answer: LockfileOrNot): Lockfile {
  if (answer.kind === 'malformed') throw new Error(answer.reason);
  return answer.lockfile;
}

function npm(document: unknown): Lockfile {
  const text = JSON.stringify(document, null, 2);
  return whole(readNpmLockfile({ path: 'package-lock.json', text }, 'npm'));
}

const seen = ({ components }: Lockfile) => components.map(({ purl, line }) => `${purl}:${line}`);
const HASH = `sha256:${'0'.repeat(64)}`;

describe('lockfiles of npm', () => {
  it('of version 3 are read with what they say about each package', () => {
    const lockfile = npm({
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '^1.0.0' }, devDependencies: { '@s/b': '^2.0.0' } },
        'node_modules/a': {
          version: '1.0.0',
          integrity: INTEGRITY,
          license: 'MIT',
          hasInstallScript: true,
          deprecated: 'use b',
        },
        'node_modules/@s/b': { version: '2.0.0', dev: true, license: { type: 'ISC' } },
        'node_modules/a/node_modules/c': { version: '3.0.0', inBundle: true },
      },
    });
    expect(lockfile.components).toMatchObject([
      {
        purl: 'pkg:npm/a@1.0.0',
        direct: true,
        dev: false,
        hasInstallScript: true,
        deprecated: true,
        licence: 'MIT',
        licenceIsSpdx: true,
        hashes: [{ algorithm: 'sha512', hex: '0'.repeat(128) }],
      },
      { purl: 'pkg:npm/%40s/b@2.0.0', direct: true, dev: true, licence: 'ISC', hashes: [] },
      { purl: 'pkg:npm/c@3.0.0', direct: false, source: { kind: 'bundled' } },
    ]);
    expect(lockfile.components[0]?.line).toBeGreaterThan(8);
  });

  it('of version 2 are read once, not from both of their lists', () => {
    const lockfile = npm({
      lockfileVersion: 2,
      packages: { '': {}, 'node_modules/a': { version: '1.0.0' } },
      dependencies: { a: { version: '1.0.0' } },
    });
    expect(lockfile.components.map(({ purl }) => purl)).toEqual(['pkg:npm/a@1.0.0']);
  });

  it('of version 1 are read as deep as they are, with the line of the right version', () => {
    const lockfile = npm({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          requires: { b: '^1.0.0' },
          dependencies: { b: { version: '1.0.0' } },
        },
        b: { version: '2.0.0', dev: true },
        alias: { version: 'npm:@s/real@1.2.3' },
        git: { version: 'git+ssh://git@git.example/x.git#abc' },
      },
    });
    expect(seen(lockfile).sort()).toEqual([
      'pkg:npm/%40s/real@1.2.3:19',
      'pkg:npm/a@1.0.0:4',
      'pkg:npm/b@1.0.0:10',
      'pkg:npm/b@2.0.0:15',
    ]);
    expect(lockfile.unnamed).toEqual([{ line: 22, why: 'no-version' }]);
  });

  it('of version 1 may be nested more deeply than any stack', () => {
    const depth = 20_000;
    const text = `{"lockfileVersion":1,${'"dependencies":{"a":{"version":"1.0.0",'.repeat(depth)}"x":1${'}}'.repeat(depth)}}`;
    const lockfile = whole(readNpmLockfile({ path: 'package-lock.json', text }, 'npm'));
    expect(lockfile.components).toHaveLength(depth);
  });

  it('name an aliased package by what it really is', () => {
    const lockfile = npm({
      lockfileVersion: 3,
      packages: { 'node_modules/alias': { name: 'real', version: '1.0.0' } },
    });
    expect(lockfile.components[0]?.purl).toBe('pkg:npm/real@1.0.0');
  });

  it('leave out links and the project itself', () => {
    const lockfile = npm({
      lockfileVersion: 3,
      packages: {
        '': { name: 'root', version: '1.0.0' },
        'packages/one': { name: 'one', version: '1.0.0' },
        'node_modules/one': { resolved: 'packages/one', link: true },
      },
    });
    expect(lockfile.components).toEqual([]);
    expect(lockfile.places).toEqual({ 'node_modules/one': { name: 'one', version: '1.0.0' } });
  });

  it('tell which entries are no package, without a word of them', () => {
    const lockfile = npm({
      lockfileVersion: 3,
      packages: {
        'node_modules/ not a name': { version: '1.0.0' },
        'node_modules/a': { version: 'not a version' },
      },
    });
    expect(lockfile.components).toEqual([]);
    expect(lockfile.unnamed.map(({ why }) => why)).toEqual(['no-name', 'broken-version']);
  });

  it('may have keys that mean something to JavaScript', () => {
    const text =
      '{"lockfileVersion":3,"packages":{"":{"dependencies":{"__proto__":"1.0.0","constructor":"1"}},"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"1.0.0"}}}';
    const lockfile = whole(readNpmLockfile({ path: 'package-lock.json', text }, 'npm'));
    expect(lockfile.components.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  });
});

describe('lockfiles of Python', () => {
  it('of uv are read without the project itself', () => {
    const text = [
      'version = 1',
      '[[package]]',
      'name = "shop"',
      'version = "1.0.0"',
      'source = { editable = "." }',
      'dependencies = [{ name = "jinja2" }]',
      '[[package]]',
      'name = "Jinja2"',
      'version = "2.10"',
      'source = { registry = "https://packages.example/simple" }',
      `sdist = { url = "https://packages.example/j.tar.gz", hash = "${HASH}" }`,
      `wheels = [{ url = "http://packages.example/j.whl", hash = "${HASH}" }]`,
      '[[package]]',
      'name = "fork"',
      'version = "1.0"',
      `source = { git = "https://git.example/fork?rev=main#${'a'.repeat(40)}" }`,
    ].join('\n');
    const lockfile = whole(readUvLockfile({ path: 'uv.lock', text }));
    expect(lockfile.components).toMatchObject([
      {
        purl: 'pkg:pypi/jinja2@2.10',
        line: 7,
        direct: true,
        source: { kind: 'registry', host: 'packages.example', secure: false },
        hashes: [{ algorithm: 'sha256' }, { algorithm: 'sha256' }],
      },
      { purl: 'pkg:pypi/fork@1.0', line: 13, source: { kind: 'git', pinned: true } },
    ]);
  });

  it('of poetry are read, old and new', () => {
    const file = `{file = "j.whl", hash = "${HASH}"}`;
    const recent = `[[package]]\nname = "jinja2"\nversion = "2.10"\ngroups = ["dev"]\nfiles = [${file}]\n`;
    const old = `[[package]]\nname = "jinja2"\nversion = "2.10"\ncategory = "dev"\n[metadata.files]\njinja2 = [${file}]\n`;
    for (const text of [recent, old]) {
      expect(whole(readPoetryLockfile({ path: 'poetry.lock', text })).components).toMatchObject([
        { purl: 'pkg:pypi/jinja2@2.10', line: 1, dev: true, hashes: [{ algorithm: 'sha256' }] },
      ]);
    }
  });

  it.each([
    ['no TOML', 'name ='],
    ['another document', '[tool]\nname = "x"'],
    ['a package that is no list', 'package = 1'],
    ['JSON', '{"a": 1}'],
  ])('are malformed where they hold %s', (_, text) => {
    expect(readUvLockfile({ path: 'uv.lock', text }).kind).toBe('malformed');
    expect(readPoetryLockfile({ path: 'poetry.lock', text }).kind).toBe('malformed');
  });

  it('may be empty', () => {
    expect(whole(readUvLockfile({ path: 'uv.lock', text: 'version = 1\n' })).components).toEqual(
      [],
    );
  });

  it.each([
    ['jinja2==2.10', 'pkg:pypi/jinja2@2.10:1', ['unhashed']],
    [`jinja2==2.10 --hash=${HASH}`, 'pkg:pypi/jinja2@2.10:1', []],
    [
      `Jinja2 == 2.10 ; python_version > "3" \\\n  --hash=${HASH} \\\n  --hash=${HASH}`,
      'pkg:pypi/jinja2@2.10:1',
      [],
    ],
    [`jinja2[i18n]===2.10 --hash ${HASH}`, 'pkg:pypi/jinja2@2.10:1', []],
    ['jinja2==2.10 # ==3.0', 'pkg:pypi/jinja2@2.10:1', ['unhashed']],
    [`jinja2==2.10 --hash=md5:${'0'.repeat(32)}`, 'pkg:pypi/jinja2@2.10:1', ['weak-hash']],
    ['jinja2==2.*', '', ['unpinned']],
    ['jinja2==2.10,<3', '', ['unpinned']],
    ['jinja2~=2.10', '', ['unpinned']],
    ['jinja2', '', ['unpinned']],
    ['git+https://git.example/x.git@main#egg=x', '', ['address']],
    ['x @ http://packages.example/x.whl', '', ['insecure-address']],
    ['-r other.txt', '', []],
    ['--index-url=https://packages.example/simple', '', ['other-index']],
    ['!!!', '', ['unreadable']],
  ])('read the requirement %j', (text, expected, loose) => {
    const lockfile = whole(readRequirements({ path: 'requirements.txt', text }));
    expect(seen(lockfile).join()).toBe(expected);
    expect(lockfile.loose.map(({ why }) => why)).toEqual(loose);
  });

  it('are read in linear time, whatever stands in them', () => {
    const lines = [
      'a'.repeat(500_000),
      `a==${' '.repeat(500_000)}`,
      '\\\n'.repeat(100_000),
      '['.repeat(500_000),
    ];
    const startedAtMs = performance.now();
    for (const text of lines) readRequirements({ path: 'requirements.txt', text });
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  });
});

describe('every reader', () => {
  it('answers for any text, and never throws what it read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        for (const read of [readUvLockfile, readPoetryLockfile, readRequirements]) {
          expect(['read', 'malformed']).toContain(read({ path: 'x', text }).kind);
        }
        expect(['read', 'malformed']).toContain(readNpmLockfile({ path: 'x', text }, 'npm').kind);
      }),
    );
  });
});

describe('the name of a file', () => {
  it.each([
    ['package-lock.json', 'npm'],
    ['web/npm-shrinkwrap.json', 'npm'],
    ['node_modules/.package-lock.json', 'npm-installed'],
    ['.package-lock.json', null],
    ['node_modules/a/package-lock.json', null],
    ['requirements.txt', 'requirements'],
    ['requirements-dev.txt', 'requirements'],
    ['dev-requirements.txt', 'requirements'],
    ['requirements.in', null],
    ['my-requirements-notes.md', null],
    ['yarn.lock', 'unread'],
    ['go.sum', 'unread'],
    ['constructor', null],
  ])('%s is of kind %s', (path, expected) => {
    expect(lockfileKind(path)?.kind ?? null).toBe(expected);
  });

  it.each([
    ['node_modules/a/package.json', true],
    ['web/node_modules/@s/a/package.json', true],
    ['node_modules/a/node_modules/b/package.json', true],
    ['node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', true],
    ['node_modules/a/test/fixtures/node_modules/b/package.json', false],
    ['node_modules/a/lib/package.json', false],
    ['node_modules/@s/package.json', false],
    ['package.json', false],
    ['not_node_modules/a/package.json', false],
  ])('%s: an installed package: %s', (path, expected) => {
    expect(isInstalledPackage(path)).toBe(expected);
  });
});

describe('the public registries', () => {
  it.each([
    ['npm', ['registry', 'npmjs', 'org'], true],
    ['npm', ['REGISTRY', 'npmjs', 'org'], true],
    ['npm', ['registry', 'npmjs', 'org', 'evil', 'example'], false],
    ['npm', ['npmjs', 'org'], false],
    ['PyPI', ['files', 'pythonhosted', 'org'], true],
    ['PyPI', ['registry', 'npmjs', 'org'], false],
  ] as const)('of %s: %j is one: %s', (ecosystem, parts, expected) => {
    expect(isDefaultRegistryHost(ecosystem, parts.join('.'))).toBe(expected);
  });
});
