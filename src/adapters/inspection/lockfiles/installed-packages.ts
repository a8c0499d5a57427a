import type { Component } from '../../../domain/checks/component';
import { isSpdx } from '../components/licence-terms';
import { packageName } from '../components/package-name';
import { packageUrl } from '../components/package-url';
import { packageVersion } from '../components/package-version';
import { licenceOf } from './npm-licence';
import { asObject, ownValue } from './plain-object';

const NAME = String.raw`(?:@[^/]{1,214}/)?[^/@.][^/]{0,214}`;
/** pnpm keeps the real folders one level deeper. */
const STORE = String.raw`(?:\.pnpm/[^/]{1,400}/node_modules/)?`;
const INSTALLED = new RegExp(
  `^node_modules/${STORE}(?:${NAME}/node_modules/){0,30}${NAME}/package[.]json$`,
);

/** Whether it is the package.json of an installed package: not one of a fixture somewhere inside of a package. */
export function isInstalledPackage(path: string): boolean {
  if (!path.endsWith('/package.json')) return false;
  const at = path.startsWith('node_modules/') ? 0 : path.indexOf('/node_modules/') + 1;
  // From the first node_modules on, every folder is a package or a node_modules.
  return path.startsWith('node_modules/', at) && INSTALLED.test(path.slice(at));
}

/** Null where it names no package and version: then it is none of a registry. */
export function readInstalledPackage(path: string, text: string): Component | null {
  const manifest = asObject(JSON.parse(text)) ?? {};
  const name = packageName('npm', ownValue(manifest, 'name'));
  const version = packageVersion('npm', ownValue(manifest, 'version'));
  if (name === null || version === null) return null;
  const licence = licenceOf(ownValue(manifest, 'license'));
  return {
    ecosystem: 'npm',
    name,
    version,
    purl: packageUrl('npm', name, version),
    lockfile: path,
    line: null,
    source: { kind: 'installed' },
    hashes: [],
    licence,
    licenceIsSpdx: licence !== null && isSpdx(licence),
    dev: false,
    hasInstallScript: false,
    direct: false,
    deprecated: false,
  };
}
