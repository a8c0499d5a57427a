import type { Component } from '../../../domain/checks/component';
import { packageName } from '../components/package-name';
import { packageUrl } from '../components/package-url';
import { packageVersion } from '../components/package-version';
import { hashesOfIntegrity } from './archive-hashes';
import { KeyLines } from './key-lines';
import type { Lockfile, PlacedVersion, UnnamedEntry } from './lockfile';
import type { NpmEntries } from './npm-flat-packages';
import { npmSource } from './npm-source';
import { asObject, asText, ownValue, type PlainObject } from './plain-object';

/** `dependencies` of lockfile version 1: nested as the folders are, read without recursion. */
export function readNestedPackages({ path, text, kind, entries }: NpmEntries): Lockfile {
  const lines = new KeyLines(text);
  const components: Component[] = [];
  const unnamed: UnnamedEntry[] = [];
  const places: [string, PlacedVersion][] = [];
  const open: PlainObject[] = [entries];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    for (const [key, value] of Object.entries(level)) {
      const entry = asObject(value);
      if (entry === null) continue;
      const below = asObject(ownValue(entry, 'dependencies'));
      if (below !== null) open.push(below);
      const { name, version } = namedPackage(key, ownValue(entry, 'version'));
      const line = lines.lineOfVersion(key, asText(ownValue(entry, 'version')) ?? '');
      if (name === null) unnamed.push({ line, why: 'no-name' });
      else if (level === entries) places.push([`node_modules/${key}`, { name, version }]);
      if (name === null) continue;
      if (version === null) unnamed.push({ line, why: 'no-version' });
      else components.push({ ...describe(entry, { name, version }), lockfile: path, line });
    }
  }
  const placed = Object.fromEntries(places);
  return { path, kind, components, unnamed, manifests: null, places: placed, loose: [] };
}

/** `npm:other@1.0.0` stands for an alias. */
function namedPackage(
  key: string,
  version: unknown,
): { readonly name: string | null; readonly version: string | null } {
  const text = asText(version) ?? '';
  const at = text.lastIndexOf('@');
  if (!text.startsWith('npm:') || at <= 'npm:'.length) {
    return { name: packageName('npm', key), version: packageVersion('npm', text) };
  }
  return {
    name: packageName('npm', text.slice('npm:'.length, at)),
    version: packageVersion('npm', text.slice(at + 1)),
  };
}

function describe(
  entry: PlainObject,
  named: { readonly name: string; readonly version: string },
): Omit<Component, 'lockfile' | 'line'> {
  const isBundled = ownValue(entry, 'bundled') === true;
  return {
    ecosystem: 'npm',
    ...named,
    purl: packageUrl('npm', named.name, named.version),
    source: isBundled ? { kind: 'bundled' } : npmSource(ownValue(entry, 'resolved'), named),
    hashes: hashesOfIntegrity(ownValue(entry, 'integrity')),
    licence: null,
    licenceIsSpdx: false,
    dev: ownValue(entry, 'dev') === true,
    // Version 1 says neither.
    hasInstallScript: false,
    direct: false,
    deprecated: false,
  };
}
