import { posix } from 'node:path';
import { satisfies, valid, validRange } from 'semver';
import { isRecord, recordOf, type NpmManifest } from './read-manifest';

/** How a lockfile and a manifest disagree about one package. */
export interface Drift {
  readonly kind: 'missing' | 'optional-missing' | 'version' | 'extra';
  readonly name: string;
}

/** An npm lockfile, as far as it is needed: the version at each place of the tree. */
export interface NpmLock {
  /** `node_modules/a`, `packages/b/node_modules/c`, and `packages/b` for a workspace. */
  readonly versions: ReadonlyMap<string, string | null>;
  /** Names that the lockfile says the root asks for; null in lockfiles of version 1. */
  readonly asked: readonly string[] | null;
  /** Folders of the workspaces. */
  readonly workspaces: readonly string[];
}

/** Null where it is no npm lockfile. */
export function readNpmLock(text: string): NpmLock | null {
  const lock = parsedLock(text);
  if (lock === null || typeof lock['lockfileVersion'] !== 'number') return null;
  if (isRecord(lock['packages'])) return withPackages(lock['packages']);
  const versions = new Map(
    Object.entries(recordOf(lock['dependencies'])).map(([name, entry]) => [
      `node_modules/${name}`,
      versionOf(entry),
    ]),
  );
  return { versions, asked: null, workspaces: [] };
}

function parsedLock(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function withPackages(packages: Record<string, unknown>): NpmLock {
  const paths = Object.keys(packages);
  const root = recordOf(packages['']);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return {
    versions: new Map(paths.map((path) => [path, versionOf(packages[path])])),
    asked: kinds.flatMap((kind) => Object.keys(recordOf(root[kind]))),
    workspaces: paths.filter((path) => path !== '' && !path.includes('node_modules/')),
  };
}

function versionOf(entry: unknown): string | null {
  const version = recordOf(entry)['version'];
  return typeof version === 'string' ? valid(version, { loose: true }) : null;
}

/** `folder`: where the manifest lies below the lockfile; empty for the root. */
export function compareLock(
  lock: NpmLock,
  folder: string,
  manifest: NpmManifest,
): readonly Drift[] {
  const needed = { ...manifest.devDependencies, ...manifest.dependencies };
  const drifts = Object.entries({ ...needed, ...manifest.optionalDependencies }).flatMap(
    ([name, range]) => driftOf(lock, folder, { name, range, manifest }),
  );
  return [...drifts, ...(folder === '' ? extras(lock, manifest) : [])];
}

interface Asked {
  readonly name: string;
  readonly range: string;
  readonly manifest: NpmManifest;
}

function driftOf(
  lock: NpmLock,
  folder: string,
  { name, range, manifest }: Asked,
): readonly Drift[] {
  const place = placeOf(lock, folder, name);
  if (place === null) {
    const isOptional = Object.hasOwn(manifest.optionalDependencies, name);
    return [{ kind: isOptional ? 'optional-missing' : 'missing', name }];
  }
  const version = lock.versions.get(place) ?? null;
  const wanted = rangeOf(range);
  // A folder, an address or a tag: which version it means is not in the manifest.
  if (version === null || wanted === null || manifest.overrides.includes(name)) return [];
  return satisfies(version, wanted, { loose: true }) ? [] : [{ kind: 'version', name }];
}

/** As Node looks: beside the manifest, then in every folder above it. */
function placeOf({ versions }: NpmLock, folder: string, name: string): string | null {
  for (let base = folder; ; base = posix.dirname(base)) {
    const top = base === '.' ? '' : base;
    const place = posix.join(top, 'node_modules', name);
    if (versions.has(place)) return place;
    if (top === '') return null;
  }
}

/** `npm:other@^1` is an alias with a range. */
function rangeOf(range: string): string | null {
  const alias = /^npm:(?:@[^@/]{1,200}\/)?[^@/]{1,200}@(.{1,200})$/.exec(range)?.[1];
  return validRange(alias ?? range, { loose: true });
}

function extras({ asked }: NpmLock, manifest: NpmManifest): readonly Drift[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  const declared = {
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...peerDependencies,
  };
  return (asked ?? [])
    .filter((name) => !Object.hasOwn(declared, name))
    .map((name) => ({ kind: 'extra', name }));
}
