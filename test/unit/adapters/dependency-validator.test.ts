import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDependencyValidator } from '../../../src/adapters/validators/dependencies/dependency-validator';
import { linesOf, put, reportOn } from './validator-subject';
import type { Files } from './validator-subject';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-dependencies-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

interface Lock {
  readonly root?: object;
  readonly packages?: Readonly<Record<string, object>>;
}

function lock({ root: asked = {}, packages = {} }: Lock): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': asked, ...packages } });
}

function manifest(parts: object): string {
  return JSON.stringify({ name: 'own', version: '1.0.0', ...parts });
}

const LOCKED = lock({
  root: { dependencies: { a: '^1.0.0' } },
  packages: { 'node_modules/a': { version: '1.2.0' } },
});

describe('the dependency validator', () => {
  it('passes with nothing covered where there is nothing to check', async () => {
    const report = await validate({ 'page.html': '', 'run.py': 'x' });
    expect(report).toMatchObject({ passed: true, covered: 0, total: 0, problems: [] });
  });

  it('passes a project whose lockfile holds what its manifest asks for', async () => {
    const report = await validate({
      'package.json': manifest({
        dependencies: { a: '^1.0.0', alias: 'npm:b@^2', git: 'github:x/y', tag: 'latest' },
        optionalDependencies: { win: '*' },
        overrides: { 'c@1': '9.0.0' },
        devDependencies: { c: '^1.0.0' },
        engines: { node: '>=20' },
      }),
      'package-lock.json': lock({
        packages: {
          'node_modules/a': { version: '1.2.0' },
          'node_modules/alias': { version: '2.5.0' },
          'node_modules/git': { version: '0.0.1' },
          'node_modules/tag': { version: '3.0.0' },
          'node_modules/win': { version: '1.0.0' },
          'node_modules/c': { version: '9.0.0' },
        },
      }),
    });
    expect(linesOf(report)).toEqual([]);
    expect(report).toMatchObject({ passed: true, covered: 2, total: 2 });
  });

  it.each([
    [{ dependencies: { a: '^2.0.0' } }, 'package.json dependencies/lock-version high'],
    [{ dependencies: { a: '^1.0.0', b: '1' } }, 'package.json dependencies/lock-missing high'],
    [{ devDependencies: { a: '1', b: '1' } }, 'package.json dependencies/lock-missing high'],
    [
      { dependencies: { a: '1' }, optionalDependencies: { b: '1' } },
      'package.json dependencies/lock-optional-missing low',
    ],
    [{}, 'package.json dependencies/lock-extra low'],
  ])('finds that a lockfile does not hold %j', async (parts, line) => {
    const files = { 'package.json': manifest(parts), 'package-lock.json': LOCKED };
    expect(linesOf(await validate(files))).toEqual([line]);
  });

  it('reads lockfiles of version 1', async () => {
    const files = {
      'package.json': manifest({ dependencies: { a: '^2.0.0', b: '1' } }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 1,
        dependencies: { a: { version: '1.0.0' }, b: { version: '1.0.0' } },
      }),
    };
    expect(linesOf(await validate(files))).toEqual(['package.json dependencies/lock-version high']);
  });

  it('holds each workspace against the lockfile of the root', async () => {
    const files = {
      'package.json': manifest({ workspaces: ['packages/*'] }),
      'packages/one/package.json': manifest({ name: 'one', dependencies: { a: '^3.0.0', c: '1' } }),
      'package-lock.json': lock({
        packages: {
          'packages/one': { version: '1.0.0' },
          'packages/one/node_modules/a': { version: '1.2.0' },
          'node_modules/a': { version: '3.0.0' },
          'node_modules/c': { version: '1.0.0' },
        },
      }),
    };
    expect(linesOf(await validate(files))).toEqual([
      'packages/one/package.json dependencies/lock-version high',
    ]);
  });

  it('warns of a missing lockfile, and less where everything is installed', async () => {
    const parts = manifest({ dependencies: { a: '1' } });
    expect(linesOf(await validate({ 'package.json': parts }))).toEqual([
      'package.json dependencies/no-lockfile medium',
    ]);
    expect(linesOf(await validate({ 'node_modules/a/package.json': '{}' }))).toEqual([
      'package.json dependencies/no-lockfile low',
    ]);
  });

  it.each(['yarn.lock', 'pnpm-lock.yaml', 'bun.lock'])('takes %s as a lockfile', async (name) => {
    const parts = manifest({ dependencies: { a: '1' } });
    expect(linesOf(await validate({ 'package.json': parts, [name]: '' }))).toEqual([]);
  });

  it.each([
    ['package.json', '{'],
    ['package.json', '[]'],
    ['package-lock.json', '{"a": 1}'],
    ['package-lock.json', '<html>'],
    ['uv.lock', 'version = '],
    ['poetry.lock', '[[package]\n'],
  ])('finds that %s cannot be read: %j', async (path, text) => {
    expect(linesOf(await validate({ [path]: text }))).toEqual([
      `${path} dependencies/malformed high`,
    ]);
  });

  it('takes lockfiles of Python that can be parsed', async () => {
    const text = 'version = 1\n[[package]]\nname = "a"\nversion = "1.0"\n';
    const report = await validate({ 'uv.lock': text, 'poetry.lock': text });
    expect(report).toMatchObject({ passed: true, covered: 2, total: 2, problems: [] });
  });

  it('warns of a project that is meant for another Node', async () => {
    const report = await validate({ 'package.json': manifest({ engines: { node: '<10' } }) });
    expect(linesOf(report)).toEqual(['package.json dependencies/engines medium']);
    expect(report.passed).toBe(true);
  });
});

describe('the dependency validator, of imports', () => {
  const declared = { 'package.json': manifest({ dependencies: { a: '1' } }), 'yarn.lock': '' };

  it('takes what is declared, built in, tried, typed, or only for a bundler', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['a.js', "require('fs'); require('node:test'); import('./b.js'); require('a/lib/x');"],
      ['a.mjs', "import a from 'a'; import '#inner'; export * from 'own/sub'; import 'bun:test';"],
      ['a.js', "try { require('maybe') } catch {}\nfunction bundled(require) { require('inner') }"],
      ['a.js', "// require('x')\nconst s = \"require('y')\"; other.require('z'); require(name);"],
      [
        'a.ts',
        "import type { T } from 't'; import { type U } from 'u'; export type { V } from 'v';",
      ],
      ['a.ts', "import x from '@/components/x'; import y from '~/y'; import z from 'x!./z';"],
      ['a.d.ts', "import x from 'types-only';"],
      ['node_modules/b/index.js', "require('not-there')"],
    ];
    const files = cases.map(([path, text], index) => [`${index}/${path}`, text]);
    expect(
      linesOf(await validate({ ...declared, ...(Object.fromEntries(files) as Files) })),
    ).toEqual([]);
  });

  it('finds what a file loads and nobody declares', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a.js', "\nrequire('gone/x')", 'a.js:2 dependencies/missing-import high'],
      ['a.mjs', "import '@s/gone/y'", 'a.mjs:1 dependencies/missing-import high'],
      ['a.cjs', 'const x = () => import("gone")', 'a.cjs:1 dependencies/missing-import high'],
      ['a.js', 'try {} catch { require("gone") }', 'a.js:1 dependencies/missing-import high'],
      ['a.js', 'export { x } from "gone"', 'a.js:1 dependencies/missing-import high'],
      ['a.ts', 'import x, { type y } from "gone"', 'a.ts:1 dependencies/missing-import medium'],
      ['test/a.js', 'require("gone")', 'test/a.js:1 dependencies/missing-import medium'],
    ];
    const files = cases.map(([path, text], index) => [`${index}/${path}`, text]);
    const report = await validate({ ...declared, ...(Object.fromEntries(files) as Files) });
    expect([...linesOf(report)].sort()).toEqual(
      cases.map(([, , line], index) => `${index}/${line}`).sort(),
    );
  });

  it('finds it without any package.json', async () => {
    expect(linesOf(await validate({ 'a.js': 'require("gone")' }))).toEqual([
      'a.js:1 dependencies/missing-import high',
    ]);
  });

  it('warns of a package that is installed and that nothing declares', async () => {
    const files = { ...declared, 'lib/a.js': 'require("b")', 'node_modules/b/index.js': '' };
    expect(linesOf(await validate(files))).toEqual([
      'lib/a.js:1 dependencies/undeclared-import medium',
    ]);
  });

  it('takes a package that a link in node_modules stands for as installed', async () => {
    await put(root, { 'node_modules/x/y.js': '', 'packages/b/index.js': '' });
    await symlink('../packages/b', join(root, 'node_modules/b'));
    expect(linesOf(await validate({ ...declared, 'a.js': 'require("b")' }))).toEqual([
      'a.js:1 dependencies/undeclared-import medium',
    ]);
  });

  it('takes the aliases and the base folder of a compiler', async () => {
    const tsconfig =
      '{ "compilerOptions": { "paths": { "@app/*": ["./src/*"], "only": ["x"] }, }, }';
    const text = 'import a from "@app/a"; import o from "only"; import s from "src/b";';
    const files = { ...declared, 'tsconfig.json': tsconfig, 'src/a.ts': text };
    expect(linesOf(await validate(files))).toEqual([]);
  });

  it('goes on behind a file that kills its parser, and names it', async () => {
    const files = { 'a.js': '!'.repeat(200_000), 'b.js': 'require("gone")' };
    const report = await validate(files);
    expect(linesOf(report)).toEqual(['b.js:1 dependencies/missing-import high']);
    expect(report).toMatchObject({ covered: 1, total: 2, skipped: [{ target: 'a.js' }] });
  });
});

async function validate(files: Files) {
  await put(root, files);
  return reportOn(createDependencyValidator(), root);
}
