import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version as typescriptApi } from 'typescript';

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(__dirname, '../../..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

describe('the tools', () => {
  it('compile with TypeScript 7 and lint with the TypeScript 6 API', () => {
    const tsc = join(root, 'node_modules/.bin/tsc');
    const { stdout } = spawnSync(tsc, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    expect(stdout).toMatch(/^Version 7[.]/);
    // With 7 dependency-cruiser no longer sees which imports are types only, and says nothing.
    expect(typescriptApi).toMatch(/^6[.]/);
  });
});

describe('the lockfile', () => {
  it('holds the packages of every system, because npm ci refuses it elsewhere if it does not', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked({ path, name }))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, so that each user gets packages from his own', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

/** As Node resolves: from the package's own node_modules up to the root's. */
function isLocked({ path, name }: { readonly path: string; readonly name: string }): boolean {
  const folders = path.split('/node_modules/');
  return folders.some((_, index) => {
    const base = folders.slice(0, folders.length - index).join('/node_modules/');
    return `${base}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
  });
}
