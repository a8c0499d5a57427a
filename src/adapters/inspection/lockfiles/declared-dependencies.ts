import type { DeclaredDependencies } from './lockfile';
import { asObject, ownValue, type PlainObject } from './plain-object';

/** What a package.json, or an entry of a lockfile for one, asks for. */
export function declaredDependencies(manifest: PlainObject): DeclaredDependencies {
  return {
    dependencies: rangesOf(ownValue(manifest, 'dependencies')),
    devDependencies: rangesOf(ownValue(manifest, 'devDependencies')),
    optionalDependencies: rangesOf(ownValue(manifest, 'optionalDependencies')),
    peerDependencies: rangesOf(ownValue(manifest, 'peerDependencies')),
  };
}

/** What is installed for it, one range a name; an optional one wins over a plain one, as in npm. */
export function installedRanges(declared: DeclaredDependencies): Readonly<Record<string, string>> {
  return {
    ...declared.devDependencies,
    ...declared.dependencies,
    ...declared.optionalDependencies,
  };
}

function rangesOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
