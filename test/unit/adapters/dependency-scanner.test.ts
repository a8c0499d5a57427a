import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDependencyScanner } from '../../../src/adapters/scanners/dependencies/dependency-scanner';
import type { DependencyPolicy } from '../../../src/domain/checks/policy';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { quietContext, type Files } from './validator-subject';
import { inFolder, INTEGRITY, lockedSubject, npmLock } from './vulnerability-subject';

function scan(files: Files, dependencies: Partial<DependencyPolicy> = {}): Promise<ScanReport> {
  return inFolder(files, async (root) =>
    createDependencyScanner().scan(await lockedSubject(root, { dependencies }), quietContext()),
  );
}

async function rulesOf(files: Files, policy: Partial<DependencyPolicy> = {}) {
  const report = await scan(files, policy);
  return report.findings.map(
    ({ ruleId, severity, component, location }) =>
      `${ruleId.replace('dependencies/', '')} ${severity} ${component?.name ?? location?.path ?? ''}`,
  );
}

function locked(entry: Readonly<Record<string, unknown>>, name = 'left-pad') {
  const root = { name: 'sample', dependencies: { [name]: '1.3.0' } };
  const whole = { version: '1.3.0', integrity: INTEGRITY, license: 'MIT', ...entry };
  return { 'package-lock.json': npmLock({ '': root, [name]: whole }) };
}

interface Lists {
  readonly allowed?: readonly string[];
  readonly denied?: readonly string[];
}

const ADDRESS = 'https://packages.example/left-pad/-/left-pad-1.3.0.tgz';

describe('the dependency scanner', () => {
  it('has nothing critical or high to say about a plain project, such as this one', async () => {
    const here = join(__dirname, '../../..');
    const report = await scan({
      'package.json': await readFile(join(here, 'package.json'), 'utf8'),
      'package-lock.json': await readFile(join(here, 'package-lock.json'), 'utf8'),
    });
    expect(report).toMatchObject({ status: 'completed', covered: 2, total: 2, probe: 'hit' });
    const severe = report.findings.filter(({ severity }) => /critical|high/.test(severity));
    expect(severe).toEqual([]);
  });

  it('says that nothing applies where there is neither lockfile nor manifest', async () => {
    const report = await scan({ 'readme.txt': 'hello' });
    expect(report).toMatchObject({
      status: 'not-applicable',
      reason: 'no lockfile and no manifest among 1 file',
    });
  });

  it('counts a missing hash, which lockfile-lint lets pass', async () => {
    expect(await rulesOf(locked({ integrity: undefined }))).toEqual([
      'no-integrity medium left-pad',
    ]);
  });

  it.each([
    ['an empty hash', ''],
    ['half a hash', 'sha512-AAAA'],
    ['an unknown algorithm', `sha3-${Buffer.alloc(64).toString('base64')}`],
  ])('takes %s for none', async (_, integrity) => {
    expect(await rulesOf(locked({ integrity }))).toEqual(['no-integrity medium left-pad']);
  });

  it('does not take sha1 for a hash that nobody can forge', async () => {
    const integrity = `sha1-${Buffer.alloc(20).toString('base64')}`;
    expect(await rulesOf(locked({ integrity }))).toEqual(['weak-integrity medium left-pad']);
    expect(await rulesOf(locked({ integrity: `${integrity} ${INTEGRITY}` }))).toEqual([]);
  });

  it('has nothing against a lockfile without addresses, as closed networks write it', async () => {
    expect(await rulesOf(locked({}))).toEqual([]);
  });

  it.each([
    ['http://packages.example/left-pad/-/left-pad-1.3.0.tgz', 'insecure-source high left-pad'],
    ['https://packages.example/evil/-/evil-1.3.0.tgz', 'source-mismatch high left-pad'],
    ['https://packages.example/left-pad/-/left-pad-1.2.0.tgz', 'source-mismatch high left-pad'],
    [ADDRESS, 'foreign-host medium left-pad'],
    [`git+ssh://git@git.example/left-pad.git#${'a'.repeat(40)}`, 'git-source medium left-pad'],
    ['git+ssh://git@git.example/left-pad.git#main', 'unpinned-git-source high left-pad'],
    ['file:left-pad.tgz', 'file-source low left-pad'],
  ])('judges where %s comes from', async (resolved, expected) => {
    expect(await rulesOf(locked({ resolved }))).toEqual([expected]);
  });

  it('knows the public registry, and hosts that the configuration allows', async () => {
    const host = ['registry', 'npmjs', 'org'].join('.');
    const resolved = `https://${host}/left-pad/-/left-pad-1.3.0.tgz`;
    expect(await rulesOf(locked({ resolved }))).toEqual([]);
    const policy = { allowedHosts: ['Packages.example'] };
    expect(await rulesOf(locked({ resolved: ADDRESS }), policy)).toEqual([]);
  });

  it('does not let a lockfile choose its registry by majority', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `pad-${index}`);
    const entries = names.map((name): [string, Readonly<Record<string, unknown>>] => [
      name,
      {
        version: '1.0.0',
        integrity: INTEGRITY,
        license: 'MIT',
        resolved: `https://packages.example/${name}/-/${name}-1.0.0.tgz`,
      },
    ]);
    const lock = npmLock({ '': { name: 'sample' }, ...Object.fromEntries(entries) });
    expect(await rulesOf({ 'package-lock.json': lock })).toHaveLength(20);
  });

  it('does not let an npmrc of the tree allow a host', async () => {
    const files = {
      ...locked({ resolved: ADDRESS }),
      '.npmrc': 'registry=https://packages.example/\n',
    };
    expect(await rulesOf(files)).toEqual(['foreign-host medium left-pad']);
  });

  it('names install scripts that are not allowed', async () => {
    const files = locked({ hasInstallScript: true });
    expect(await rulesOf(files)).toEqual(['install-script medium left-pad']);
    expect(await rulesOf(files, { allowedInstallScripts: ['left-pad'] })).toEqual([]);
  });

  it.each([
    ['WTFPL', { allowed: ['MIT'] }, 'licence-refused high left-pad'],
    ['(AFL-2.1 OR BSD-3-Clause)', { allowed: ['BSD-3-Clause'] }, null],
    ['GPL-3.0-only', { denied: ['GPL-3.0-or-later'] }, 'licence-refused high left-pad'],
    ['MIT OR GPL-3.0-only', { denied: ['GPL-3.0-only'] }, null],
    ['MIT AND GPL-3.0-only', { denied: ['GPL-3.0-only'] }, 'licence-refused high left-pad'],
    ['UNLICENSED', {}, 'licence-unknown low left-pad'],
    ['SEE LICENSE IN LICENSE.md', { allowed: ['MIT'] }, 'licence-unknown medium left-pad'],
    ['UNLICENSED', { allowed: ['UNLICENSED'] }, null],
    ['UNLICENSED', { denied: ['UNLICENSED'] }, 'licence-refused high left-pad'],
    [`${'(MIT OR ISC) AND '.repeat(15)}MIT`, { allowed: ['ISC'] }, 'licence-refused high left-pad'],
  ] as const)('holds the licence %s against %j', async (license, lists, expected) => {
    const { allowed = [], denied = [] }: Lists = lists;
    const policy = { allowedLicences: allowed, deniedLicences: denied };
    const wanted = expected === null ? [] : [expected];
    expect(await rulesOf(locked({ license }), policy)).toEqual(wanted);
  });

  it('says that a lockfile which tells no licences cannot be held against a list', async () => {
    const files = locked({ license: undefined });
    expect(await rulesOf(files, { allowedLicences: ['MIT'] })).toEqual([
      'licences-not-told medium package-lock.json',
    ]);
    expect(await rulesOf(files)).toEqual([]);
  });

  describe('drift', () => {
    const manifest = (dependencies: Readonly<Record<string, string>>) =>
      JSON.stringify({ name: 'sample', dependencies });

    it.each([
      ['the same wishes', { 'left-pad': '1.3.0' }, []],
      ['another range', { 'left-pad': '^1.2.0' }, ['lock-drift high package.json']],
      ['one more', { 'left-pad': '1.3.0', lodash: '^4.0.0' }, ['lock-drift high package.json']],
      ['one less', {}, ['lock-drift high package.json']],
    ])('compares a manifest with %s', async (_, dependencies, expected) => {
      const files = { ...locked({}), 'package.json': manifest(dependencies) };
      expect(await rulesOf(files)).toEqual(expected);
    });

    it('sees a pinned version that no longer fulfils the wish of both', async () => {
      const lock = npmLock({
        '': { name: 'sample', dependencies: { 'left-pad': '^2.0.0' } },
        'left-pad': '1.3.0',
      });
      const files = {
        'package-lock.json': lock,
        'package.json': manifest({ 'left-pad': '^2.0.0' }),
      };
      expect(await rulesOf(files)).toEqual(['lock-drift high package.json']);
    });

    it('understands aliases, and sees another package under the name', async () => {
      const dependencies = { pad: 'npm:left-pad@^1.0.0' };
      const entry = { name: 'left-pad', version: '1.3.0', integrity: INTEGRITY, license: 'MIT' };
      const lockOf = (name: string) =>
        npmLock({ '': { name: 'sample', dependencies }, pad: { ...entry, name } });
      const files = { 'package.json': manifest(dependencies) };
      expect(await rulesOf({ ...files, 'package-lock.json': lockOf('left-pad') })).toEqual([]);
      expect(await rulesOf({ ...files, 'package-lock.json': lockOf('evil-pad') })).toEqual([
        'lock-drift high package.json',
      ]);
    });

    it('compares a version 1 lockfile by what it pins', async () => {
      const lock = JSON.stringify({
        lockfileVersion: 1,
        dependencies: { 'left-pad': { version: '1.3.0', integrity: INTEGRITY } },
      });
      const files = { 'package-lock.json': lock };
      const same = manifest({ 'left-pad': '^1.0.0' });
      const other = manifest({ 'left-pad': '^2.0.0' });
      expect(await rulesOf({ ...files, 'package.json': same })).toEqual([]);
      expect(await rulesOf({ ...files, 'package.json': other })).toEqual([
        'lock-drift high package.json',
      ]);
    });

    it('finds what is installed although no lockfile pins it', async () => {
      const installed = JSON.stringify({
        lockfileVersion: 3,
        packages: {
          'node_modules/left-pad': { version: '1.3.1', integrity: INTEGRITY, license: 'MIT' },
        },
      });
      const files = { ...locked({}), 'node_modules/.package-lock.json': installed };
      expect(await rulesOf(files)).toEqual(['installed-drift high left-pad']);
    });
  });

  describe('a manifest without a lockfile', () => {
    it('is a finding where it asks for packages', async () => {
      const asking = { 'package.json': '{"dependencies":{"lodash":"^4.0.0"}}' };
      expect(await rulesOf(asking)).toEqual(['no-lockfile high package.json']);
      expect(await rulesOf({ 'package.json': '{"name":"sample"}' })).toEqual([]);
      const python = { 'pyproject.toml': '[project]\ndependencies = ["jinja2"]\n' };
      expect(await rulesOf(python)).toEqual(['no-lockfile high pyproject.toml']);
    });

    it('is covered by the lockfile above that lists it as a workspace', async () => {
      const dependencies = { 'left-pad': '1.3.0' };
      const lock = npmLock({
        '': { name: 'sample', workspaces: ['packages/*'] },
        'packages/one': { name: 'one', dependencies },
        'left-pad': '1.3.0',
      });
      const files = {
        'package-lock.json': lock,
        'packages/one/package.json': JSON.stringify({ dependencies }),
      };
      expect(await rulesOf(files)).toEqual([]);
      const stranger = { ...files, 'packages/two/package.json': JSON.stringify({ dependencies }) };
      expect(await rulesOf(stranger)).toEqual(['no-lockfile medium packages/two/package.json']);
    });

    it('counts requirements without a single pin as one', async () => {
      expect(await rulesOf({ 'requirements.txt': 'jinja2\n' })).toEqual([
        'no-lockfile medium requirements.txt',
      ]);
    });
  });

  it('names loose lines of requirements', async () => {
    const text = [
      '--index-url http://packages.example/simple',
      '--extra-index-url https://packages.example/simple',
      '--trusted-host packages.example',
      'jinja2==2.10 \\',
      `    --hash=sha256:${'0'.repeat(64)}`,
      'flask>=1.0',
      'requests==2.0.0',
      'evil @ https://packages.example/evil.tar.gz',
      '-e ./here',
      '# a comment',
    ].join('\n');
    const report = await scan({ 'requirements.txt': text });
    const said = report.findings.map(
      ({ ruleId, location }) => `${ruleId.replace('dependencies/', '')}:${location?.line}`,
    );
    expect([...said].sort()).toEqual([
      'address:8',
      'address:9',
      'insecure-address:1',
      'other-index:2',
      'requirements-unhashed:7',
      'trusted-host:3',
      'unpinned:6',
    ]);
  });

  it.each([
    ['truncated', '{"lockfileVersion":3,"packages":{'],
    ['no object', '[]'],
    ['of the future', '{"lockfileVersion":9,"packages":{}}'],
    ['without packages', '{"lockfileVersion":3}'],
    ['of two minds', '{"lockfileVersion":1,"packages":{},"dependencies":{}}'],
    ['binary', '\u0000\u0000'],
  ])('is partial where a lockfile is %s', async (_, text) => {
    const report = await scan({ 'package-lock.json': text });
    expect(report).toMatchObject({ status: 'partial', covered: 0, total: 1 });
    expect(report.skipped).toMatchObject([{ target: 'package-lock.json', allowed: false }]);
  });

  it('says so where a lockfile is of a tool that it does not read', async () => {
    const report = await scan({ 'yarn.lock': '', 'package.json': '{"dependencies":{"a":"1"}}' });
    expect(report).toMatchObject({ status: 'partial', covered: 1, total: 2 });
    expect(report.reason).toContain('does not read the lockfiles of yarn');
    expect(report.findings).toEqual([]);
  });
});
