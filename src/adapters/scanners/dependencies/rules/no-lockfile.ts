import type { Finding } from '../../../../domain/checks/finding';
import { installedRanges } from '../../../inspection/lockfiles/declared-dependencies';
import type { Lockfile } from '../../../inspection/lockfiles/lockfile';
import type { Manifest } from '../../../inspection/lockfiles/manifest';
import { folderOf, governingLockfile } from './governing-lockfile';
import { fileFinding, type DependencyRule } from './rule';

/** Without a lockfile nobody can say what will be installed, and no advisory can be looked up. */
export const noLockfileRule: DependencyRule = (read) => [
  ...read.manifests
    .filter((manifest) => asksForPackages(manifest))
    .flatMap((manifest) => {
      const governing = governingLockfile(manifest, read);
      if (governing.kind !== 'none' || isInstalled(manifest, read.lockfiles)) return [];
      return [missing(manifest.path, governing.above ? 'medium' : 'high')];
    }),
  ...read.lockfiles.filter(isWishList).map(({ path }) => missing(path, 'medium')),
];

function asksForPackages(manifest: Manifest): boolean {
  switch (manifest.kind) {
    case 'npm':
      return Object.keys(installedRanges(manifest.declared)).length > 0;
    case 'python':
      return manifest.dependencyCount > 0;
  }
}

/** An artifact that ships its packages: npm wrote down what they are. */
function isInstalled({ path }: Manifest, lockfiles: readonly Lockfile[]): boolean {
  const folder = folderOf(path);
  const installed = `${folder === '' ? '' : `${folder}/`}node_modules/.package-lock.json`;
  return lockfiles.some((lockfile) => lockfile.path === installed);
}

function isWishList({ kind, components, loose }: Lockfile): boolean {
  const asks = loose.some(({ why }) => why === 'unpinned' || why === 'address');
  return kind === 'requirements' && components.length === 0 && asks;
}

function missing(path: string, severity: Finding['severity']): Finding {
  return fileFinding(
    { path, line: null },
    {
      rule: 'no-lockfile',
      severity,
      title: `${path} asks for packages, but no lockfile pins them`,
      fix: `Lock what ${path} asks for (npm install --package-lock-only, uv lock, pip-compile --generate-hashes) and ship the lockfile.`,
    },
  );
}
