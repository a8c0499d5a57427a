import { posix } from 'node:path';
import { satisfies, validRange } from 'semver';
import type { Inventory } from '../../../domain/checks/inventory';
import type { Problem } from '../../../domain/checks/validation';
import type { NpmManifest } from './read-manifest';

const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
];

/** Each package.json of the project's own: locked, and meant for the Node that runs here. */
export function manifestProblems(
  path: string,
  manifest: NpmManifest,
  { files }: Pick<Inventory, 'files'>,
): readonly Problem[] {
  return [...engineProblems(path, manifest), ...lockProblems(path, manifest, files)];
}

function engineProblems(path: string, { nodeRange }: NpmManifest): readonly Problem[] {
  if (nodeRange === null) return [];
  const location = { path, line: null };
  const rule = 'dependencies/engines';
  const range = validRange(nodeRange, { loose: true });
  if (range === null)
    return [{ rule, severity: 'low', title: 'engines.node is no range of versions', location }];
  if (satisfies(process.versions.node, range, { includePrerelease: true })) return [];
  const title = `asks for another Node than ${process.versions.node}, which runs here`;
  return [{ rule, severity: 'medium', title, location }];
}

function lockProblems(
  path: string,
  manifest: NpmManifest,
  files: Inventory['files'],
): readonly Problem[] {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  if (names.length + Object.keys(manifest.devDependencies).length === 0) return [];
  const known = new Set(files.map((file) => file.path));
  if (
    foldersFrom(path).some((folder) =>
      LOCKFILES.some((name) => known.has(posix.join(folder, name))),
    )
  )
    return [];
  const folder = posix.dirname(path);
  const isInstalled = names.every((name) =>
    known.has(posix.join(folder, 'node_modules', name, 'package.json')),
  );
  return [
    {
      rule: 'dependencies/no-lockfile',
      // A bundle ships without what it was made of: the scanner of the same name says how grave it is.
      severity: isInstalled ? 'low' : 'medium',
      title: 'has dependencies and no lockfile: what is installed may differ each time',
      location: { path, line: null },
    },
  ];
}

/** A lockfile of a workspace lies above it. */
function foldersFrom(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
    folders.push(folder);
  return [...folders, '.'];
}
