import type { Component, ComponentHash, HashAlgorithm } from './component';
import type { Finding } from './finding';
import { cycloneDxVulnerabilities } from './cyclonedx-vulnerabilities';

/** What the bill of materials is about. */
export interface BillSubject {
  readonly name: string;
  readonly version: string;
  /** When it was written, epoch ms. */
  readonly atMs: number;
  /** `sha256:` and 64 digits: of what was looked at. The serial number comes from it; without, there is none. */
  readonly digest?: string;
}

export interface BillContent {
  readonly components: readonly Component[];
  /** Findings with a component; left out: the bill says nothing about vulnerabilities. */
  readonly vulnerabilities?: readonly Finding[];
}

const ALGORITHMS: Readonly<Record<HashAlgorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** A CycloneDX 1.6 document as plain data. The same content gives the same text. */
export function toCycloneDx(
  { components, vulnerabilities }: BillContent,
  { name, version, atMs, digest }: BillSubject,
): object {
  const serialNumber = digest === undefined ? null : serialNumberOf(digest);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    ...(serialNumber === null ? {} : { serialNumber }),
    version: 1,
    metadata: {
      timestamp: new Date(atMs).toISOString(),
      tools: { components: [{ type: 'application', name: 'belay' }] },
      component: { type: 'application', 'bom-ref': 'root', name, version },
    },
    components: distinct(components).map(componentOf),
    ...(vulnerabilities === undefined
      ? {}
      : { vulnerabilities: cycloneDxVulnerabilities(vulnerabilities) }),
  };
}

/** A version-8 UUID (RFC 9562: made of whatever its maker likes) of the first digits; null for what is no digest. */
function serialNumberOf(digest: string): string | null {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  if (hex === undefined) return null;
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

interface Listed {
  readonly component: Component;
  /** Every lockfile that names it, sorted. */
  readonly lockfiles: readonly string[];
}

/** Each package URL once; it is needed at run time where any lockfile needs it so. */
function distinct(components: readonly Component[]): readonly Listed[] {
  const byPurl = new Map<string, Component[]>();
  for (const component of components) {
    const same = byPurl.get(component.purl);
    if (same === undefined) byPurl.set(component.purl, [component]);
    else same.push(component);
  }
  return [...byPurl]
    .sort(([one], [other]) => compareText(one, other))
    .flatMap(([, same]) => {
      const sorted = [...same].sort(
        (one, other) =>
          Number(one.dev) - Number(other.dev) ||
          compareText(one.lockfile, other.lockfile) ||
          (one.line ?? 0) - (other.line ?? 0),
      );
      const [component] = sorted;
      const lockfiles = [...new Set(sorted.map(({ lockfile }) => lockfile))].sort(compareText);
      return component === undefined ? [] : [{ component, lockfiles }];
    });
}

function componentOf({ component, lockfiles }: Listed): object {
  const { name, version, purl, dev, licence, hashes } = component;
  const scoped = /^(@[^/]+)\/(.+)$/.exec(name);
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scoped === null ? { name } : { group: scoped[1], name: scoped[2] }),
    version,
    scope: dev ? 'optional' : 'required',
    ...(hashes.length === 0 ? {} : { hashes: hashesOf(hashes) }),
    ...(licence === null ? {} : { licenses: [licenceOf(component, licence)] }),
    purl,
    properties: lockfiles.map((path) => ({ name: 'belay:lockfile', value: path })),
  };
}

function licenceOf({ licenceIsSpdx }: Component, licence: string): object {
  return licenceIsSpdx ? { expression: licence } : { license: { name: licence } };
}

function hashesOf(hashes: readonly ComponentHash[]): readonly object[] {
  const sorted = hashes.map(({ algorithm, hex }) => ({ alg: ALGORITHMS[algorithm], content: hex }));
  return sorted.sort(
    (one, other) => compareText(one.alg, other.alg) || compareText(one.content, other.content),
  );
}

/** By code unit: the same on every machine. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
