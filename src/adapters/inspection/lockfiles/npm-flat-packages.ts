import type { Component } from '../../../domain/checks/component';
import { isSpdx } from '../components/licence-terms';
import { packageName } from '../components/package-name';
import { packageUrl } from '../components/package-url';
import { packageVersion } from '../components/package-version';
import { hashesOfIntegrity } from './archive-hashes';
import { declaredDependencies, installedRanges } from './declared-dependencies';
import { KeyLines } from './key-lines';
import type { DeclaredDependencies, Lockfile, PlacedVersion, UnnamedEntry } from './lockfile';
import { licenceOf } from './npm-licence';
import { npmSource } from './npm-source';
import { asObject, asText, ownValue, type PlainObject } from './plain-object';

export interface NpmEntries {
  readonly path: string;
  readonly text: string;
  readonly kind: 'npm' | 'npm-installed';
  readonly entries: PlainObject;
}

const INSTALLED_PLACE = 'node_modules/';

/** `packages` of lockfile versions 2 and 3: by place in the tree. */
export function readFlatPackages({ path, text, kind, entries }: NpmEntries): Lockfile {
  const lines = new KeyLines(text);
  const manifests = manifestsOf(entries);
  const direct = directPlaces(manifests, entries);
  const components: Component[] = [];
  const unnamed: UnnamedEntry[] = [];
  const places: [string, PlacedVersion][] = [];
  for (const [place, value] of Object.entries(entries)) {
    const entry = asObject(value);
    if (entry === null || !place.includes(INSTALLED_PLACE)) continue;
    const line = lines.lineOf(place);
    const placed = placedVersion(place, entry, entries);
    if (placed !== null) places.push([place, placed]);
    // A link leads to a workspace, whose own entry stands elsewhere; a linked folder is the project's own code.
    if (ownValue(entry, 'link') === true) continue;
    if (placed === null) unnamed.push({ line, why: 'no-name' });
    else if (placed.version === null) unnamed.push({ line, why: versionless(entry) });
    else {
      const named = { name: placed.name, version: placed.version };
      components.push({
        ...describe(entry, named),
        lockfile: path,
        line,
        direct: direct.has(place),
      });
    }
  }
  return {
    path,
    kind,
    components,
    unnamed,
    manifests: Object.keys(manifests).length === 0 ? null : manifests,
    places: Object.fromEntries(places),
    loose: [],
  };
}

/** From git or a folder it may have no version; from a registry it has one, or the entry is broken. */
function versionless(entry: PlainObject): UnnamedEntry['why'] {
  const resolved = ownValue(entry, 'resolved');
  const isElsewhere = typeof resolved === 'string' && !/^https?:/i.test(resolved);
  return isElsewhere ? 'no-version' : 'broken-version';
}

/** The root's place is '', a workspace's is its folder. */
function manifestsOf(entries: PlainObject): Readonly<Record<string, DeclaredDependencies>> {
  const own = Object.entries(entries).flatMap(([place, value]) => {
    const entry = asObject(value);
    const isOwn = entry !== null && !place.includes(INSTALLED_PLACE);
    return isOwn ? [[place, declaredDependencies(entry)] as const] : [];
  });
  return Object.fromEntries(own);
}

/** Node looks beside the manifest first, then above it. */
function directPlaces(
  manifests: Readonly<Record<string, DeclaredDependencies>>,
  entries: PlainObject,
): ReadonlySet<string> {
  const places = Object.entries(manifests).flatMap(([folder, declared]) =>
    Object.keys({ ...installedRanges(declared), ...declared.peerDependencies }).map((name) => {
      const beside = folder === '' ? null : `${folder}/${INSTALLED_PLACE}${name}`;
      const isBeside = beside !== null && Object.hasOwn(entries, beside);
      return isBeside ? beside : `${INSTALLED_PLACE}${name}`;
    }),
  );
  return new Set(places);
}

/** Null for what has no name; an alias is called what it really is. */
function placedVersion(
  place: string,
  entry: PlainObject,
  entries: PlainObject,
): PlacedVersion | null {
  const target = ownValue(entry, 'link') === true ? linked(entry, entries) : entry;
  const written = asText(ownValue(target, 'name')) ?? nameOfPlace(place);
  const name = packageName('npm', written);
  return name === null
    ? null
    : { name, version: packageVersion('npm', ownValue(target, 'version')) };
}

function linked(entry: PlainObject, entries: PlainObject): PlainObject {
  const resolved = asText(ownValue(entry, 'resolved'));
  return (resolved === null ? null : asObject(ownValue(entries, resolved))) ?? {};
}

function nameOfPlace(place: string): string {
  return place.slice(place.lastIndexOf(INSTALLED_PLACE) + INSTALLED_PLACE.length);
}

function describe(
  entry: PlainObject,
  { name, version }: { readonly name: string; readonly version: string },
): Omit<Component, 'lockfile' | 'line' | 'direct'> {
  const isBundled = ownValue(entry, 'inBundle') === true;
  const licence = licenceOf(ownValue(entry, 'license'));
  return {
    ecosystem: 'npm',
    name,
    version,
    purl: packageUrl('npm', name, version),
    source: isBundled
      ? { kind: 'bundled' }
      : npmSource(ownValue(entry, 'resolved'), { name, version }),
    hashes: hashesOfIntegrity(ownValue(entry, 'integrity')),
    licence,
    licenceIsSpdx: licence !== null && isSpdx(licence),
    dev: ownValue(entry, 'dev') === true || ownValue(entry, 'devOptional') === true,
    hasInstallScript: ownValue(entry, 'hasInstallScript') === true,
    deprecated: typeof ownValue(entry, 'deprecated') === 'string',
  };
}
