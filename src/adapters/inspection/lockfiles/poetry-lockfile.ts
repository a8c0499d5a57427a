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

/** poetry.lock. What the project itself asks for stands only in its pyproject.toml, so nothing is `direct`. */
export function readPoetryLockfile({ path, text }: LockfileText): LockfileOrNot {
  const read = readTomlPackages(text);
  if (read === null) return { kind: 'malformed', reason: 'it is no poetry.lock' };
  const components: Component[] = [];
  const unnamed: UnnamedEntry[] = [];
  const filesOf = filesByName(read.document);
  for (const { entry, line } of read.packages) {
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
        source: sourceOf(asObject(ownValue(entry, 'source'))),
        hashes: hashesOf([...asList(ownValue(entry, 'files')), ...filesOf(name)]),
        licence: null,
        licenceIsSpdx: false,
        dev: isDev(entry),
        hasInstallScript: false,
        direct: false,
        deprecated: false,
      });
    }
  }
  return {
    kind: 'read',
    lockfile: { path, kind: 'poetry', components, unnamed, manifests: null, places: {}, loose: [] },
  };
}

/** Without a source it is the default index. */
function sourceOf(source: PlainObject | null): ComponentSource {
  if (source === null) return { kind: 'registry', host: null, secure: true };
  switch (ownValue(source, 'type')) {
    case 'git':
      return gitSource(`#${asText(ownValue(source, 'resolved_reference')) ?? ''}`);
    case 'file':
    case 'directory':
      return { kind: 'file' };
    default:
      return pythonSource([asText(ownValue(source, 'url'))]);
  }
}

/** Before version 1.3, poetry wrote all files into one table at the end. */
function filesByName(document: PlainObject): (name: string) => readonly unknown[] {
  const metadata = asObject(ownValue(document, 'metadata')) ?? {};
  const files = Object.entries(asObject(ownValue(metadata, 'files')) ?? {});
  const byName = new Map(files.map(([name, list]) => [packageName('PyPI', name), asList(list)]));
  return (name) => byName.get(name) ?? [];
}

function hashesOf(files: readonly unknown[]): Component['hashes'] {
  return files.flatMap((file) => hashOfHex(ownValue(asObject(file) ?? {}, 'hash')));
}

/** Poetry 2 writes groups, poetry 1 a category. */
function isDev(entry: PlainObject): boolean {
  if (ownValue(entry, 'category') === 'dev') return true;
  const groups = asList(ownValue(entry, 'groups'));
  return groups.length > 0 && !groups.includes('main');
}
