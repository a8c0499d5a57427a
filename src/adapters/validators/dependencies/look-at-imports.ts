import { posix } from 'node:path';
import type { Inventory } from '../../../domain/checks/inventory';
import type { Problem } from '../../../domain/checks/validation';
import type { PackageImport } from './imports-of';
import type { NpmManifest } from './read-manifest';

/** What an import may be answered by. */
export interface Surroundings {
  /** By path of the package.json. */
  readonly manifests: ReadonlyMap<string, NpmManifest>;
  readonly aliases: readonly string[];
  /** `node_modules/a`, `lib/node_modules/@b/c`. */
  readonly installed: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

export function surroundingsOf(
  { files, links }: Inventory,
  manifests: ReadonlyMap<string, NpmManifest>,
  aliases: readonly string[],
): Surroundings {
  const installed = new Set<string>();
  const folders = new Set<string>();
  for (const { path } of [...files, ...links]) {
    const place = PLACE.exec(path)?.[0];
    if (place !== undefined) installed.add(place);
    else
      for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
        folders.add(path.slice(0, at));
  }
  const ownAliases = [...manifests.values()].flatMap((manifest) => manifest.aliases);
  return { manifests, aliases: [...aliases, ...ownAliases], installed, folders };
}

/** The first package folder of a path: what lies in packages of packages is theirs. */
const PLACE = /^(?:[^/]{1,255}\/){0,40}?node_modules\/(?:@[^/]{1,255}\/)?[^/]{1,255}/;

/** An import that nothing declares: `high` where it is not installed either and Node would run the file as it is. */
export function importProblem(
  path: string,
  wanted: PackageImport,
  surroundings: Surroundings,
): Problem | null {
  if (isAnswered(path, wanted, surroundings)) return null;
  const isThere = isInstalled(path, wanted.name, surroundings) || isSibling(wanted, surroundings);
  const location = { path, line: wanted.line };
  if (isThere) {
    const title = `loads ${wanted.name}, which is installed by chance: no package.json declares it`;
    return { rule: 'dependencies/undeclared-import', severity: 'medium', title, location };
  }
  const title = `loads ${wanted.name}, which is neither declared nor installed`;
  const severity = isRunAsIs(path) ? 'high' : 'medium';
  return { rule: 'dependencies/missing-import', severity, title, location };
}

function isAnswered(
  path: string,
  { name, specifier }: PackageImport,
  around: Surroundings,
): boolean {
  if (
    around.aliases.some(
      (alias) => specifier === alias || (alias.endsWith('/') && specifier.startsWith(alias)),
    )
  )
    return true;
  const first = specifier.split('/', 1)[0] ?? '';
  for (const folder of foldersAbove(path)) {
    const manifest = around.manifests.get(posix.join(folder, 'package.json'));
    if (manifest !== undefined && declares(manifest, name)) return true;
    // `src/a`: a base of the project's compiler or bundler.
    if (specifier !== name && around.folders.has(posix.join(folder, first))) return true;
  }
  return false;
}

function declares(manifest: NpmManifest, name: string): boolean {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  const named = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return (
    manifest.name === name ||
    manifest.bundled.includes(name) ||
    named.some((ranges) => Object.hasOwn(ranges, name) || Object.hasOwn(ranges, typesOf(name)))
  );
}

/** `@types/a` stands for a module that only the compiler sees. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

function isInstalled(path: string, name: string, { installed }: Surroundings): boolean {
  return foldersAbove(path).some((folder) =>
    installed.has(posix.join(folder, 'node_modules', name)),
  );
}

/** Another package of the same tree. */
function isSibling({ name }: PackageImport, { manifests }: Surroundings): boolean {
  return [...manifests.values()].some((manifest) => manifest.name === name);
}

/** Nearest first; the last is the root, as the empty path. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
    folders.push(folder);
  return [...folders, ''];
}

/** Sources are compiled first, by tools with aliases of their own; tests do not serve. */
function isRunAsIs(path: string): boolean {
  return (
    /\.[cm]?js$/.test(path) &&
    !/(?:^|\/)(?:tests?|__tests__|spec|fixtures|__mocks__)\/|(?:\.(?:test|spec|config)|(?:^|\/)tests?)\.[cm]?js$/.test(
      path,
    )
  );
}
