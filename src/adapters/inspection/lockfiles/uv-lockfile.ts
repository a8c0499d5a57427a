import type { Component, ComponentSource } from '../../../domain/checks/component';
import { packageName } from '../components/package-name';
import { packageUrl } from '../components/package-url';
import { packageVersion } from '../components/package-version';
import { hashOfHex } from './archive-hashes';
import type { LockfileOrNot, UnnamedEntry } from './lockfile';
import type { LockfileText } from './npm-lockfile';
import { asList, asObject, asText, ownValue, type PlainObject } from './plain-object';
import { gitSource } from './npm-source';
import { pythonSource } from './python-source';
import { readTomlPackages } from './toml-packages';

/** uv.lock. The project itself and its workspaces (virtual, editable) are no components. */
export function readUvLockfile({ path, text }: LockfileText): LockfileOrNot {
  const read = readTomlPackages(text);
  if (read === null) return { kind: 'malformed', reason: 'it is no uv.lock' };
  const { packages } = read;
  const direct = new Set(packages.filter(isOwn).flatMap(({ entry }) => namesAskedBy(entry)));
  const components: Component[] = [];
  const unnamed: UnnamedEntry[] = [];
  for (const own of packages) {
    if (isOwn(own)) continue;
    const { entry, line } = own;
    const name = packageName('PyPI', ownValue(entry, 'name'));
    const version = packageVersion('PyPI', ownValue(entry, 'version'));
    if (name === null) unnamed.push({ line, why: 'no-name' });
    else if (version === null) unnamed.push({ line, why: 'no-version' });
    else {
      components.push({
        ecosystem: 'PyPI',
        name,
        version,
        purl: packageUrl('PyPI', name, version),
        lockfile: path,
        line,
        source: sourceOf(entry),
        hashes: archivesOf(entry).flatMap((archive) => hashOfHex(ownValue(archive, 'hash'))),
        licence: null,
        licenceIsSpdx: false,
        dev: false,
        hasInstallScript: false,
        direct: direct.has(name),
        deprecated: false,
      });
    }
  }
  return {
    kind: 'read',
    lockfile: { path, kind: 'uv', components, unnamed, manifests: null, places: {}, loose: [] },
  };
}

function isOwn({ entry }: { readonly entry: PlainObject }): boolean {
  const source = asObject(ownValue(entry, 'source')) ?? {};
  return ownValue(source, 'virtual') !== undefined || ownValue(source, 'editable') !== undefined;
}

function namesAskedBy(entry: PlainObject): readonly string[] {
  const groups = [
    ownValue(entry, 'dependencies'),
    ...Object.values(asObject(ownValue(entry, 'optional-dependencies')) ?? {}),
    ...Object.values(asObject(ownValue(entry, 'dev-dependencies')) ?? {}),
  ];
  return groups
    .flatMap(asList)
    .flatMap((value) => packageName('PyPI', ownValue(asObject(value) ?? {}, 'name')) ?? []);
}

function sourceOf(entry: PlainObject): ComponentSource {
  const source = asObject(ownValue(entry, 'source')) ?? {};
  const git = asText(ownValue(source, 'git'));
  if (git !== null) return gitSource(git);
  if (ownValue(source, 'path') !== undefined || ownValue(source, 'directory') !== undefined) {
    return { kind: 'file' };
  }
  return pythonSource([
    asText(ownValue(source, 'registry')),
    asText(ownValue(source, 'url')),
    ...archivesOf(entry).map((archive) => asText(ownValue(archive, 'url'))),
  ]);
}

function archivesOf(entry: PlainObject): readonly PlainObject[] {
  const archives = [ownValue(entry, 'sdist'), ...asList(ownValue(entry, 'wheels'))];
  return archives.map(asObject).filter((archive) => archive !== null);
}
