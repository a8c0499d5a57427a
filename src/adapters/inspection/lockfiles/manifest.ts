import { posix } from 'node:path';
import { parse } from 'smol-toml';
import { declaredDependencies } from './declared-dependencies';
import type { DeclaredDependencies } from './lockfile';
import { asList, asObject, ownValue, type PlainObject } from './plain-object';

/** What the project itself says that it needs. */
export type Manifest =
  | { readonly kind: 'npm'; readonly path: string; readonly declared: DeclaredDependencies }
  | { readonly kind: 'python'; readonly path: string; readonly dependencyCount: number };

export type ManifestKind = Manifest['kind'];

export function manifestKind(path: string): ManifestKind | null {
  switch (posix.basename(path)) {
    case 'package.json':
      return 'npm';
    case 'pyproject.toml':
      return 'python';
    default:
      return null;
  }
}

/** Null where it cannot be parsed. */
export function readManifest(path: string, text: string): Manifest | null {
  try {
    return manifestKind(path) === 'python' ? readPython(path, text) : readNpm(path, text);
  } catch {
    return null;
  }
}

function readNpm(path: string, text: string): Manifest | null {
  const document = asObject(JSON.parse(text));
  return document === null ? null : { kind: 'npm', path, declared: declaredDependencies(document) };
}

function readPython(path: string, text: string): Manifest {
  const document = asObject(parse(text)) ?? {};
  const project = asObject(ownValue(document, 'project')) ?? {};
  const poetry = table(document, ['tool', 'poetry', 'dependencies']);
  const named = Object.keys(poetry).filter((name) => name !== 'python');
  const dependencyCount = asList(ownValue(project, 'dependencies')).length + named.length;
  return { kind: 'python', path, dependencyCount };
}

function table(document: PlainObject, keys: readonly string[]): PlainObject {
  return keys.reduce<PlainObject>((at, key) => asObject(ownValue(at, key)) ?? {}, document);
}
