import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyInstall } from '../../../tools/set-up/packages.mjs';

type Packages = Record<string, { version?: string; optional?: boolean }>;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belay-packages-'));
  mkdirSync(join(root, 'node_modules'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const wanted: Packages = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-another-system': { version: '2.0.0', optional: true },
};

describe('whether packages must be installed', () => {
  it('is no when every package of the lockfile is there', () => {
    lockfile(wanted);
    installed({ 'node_modules/a': { version: '1.0.0' } });
    expect(whyInstall(root)).toBeUndefined();
  });

  it('is yes when node_modules is missing', () => {
    lockfile(wanted);
    expect(whyInstall(root)).toBe('node_modules is missing');
  });

  it.each([
    ['another version is there', { 'node_modules/a': { version: '1.0.1' } }],
    ['a package is missing', {}],
  ])('is yes when %s', (_, packages) => {
    lockfile(wanted);
    installed(packages);
    expect(whyInstall(root)).toContain('node_modules/a');
  });
});

function lockfile(packages: Packages): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
}

function installed(packages: Packages): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}
