import type { Component } from '../../../domain/checks/component';
import { packageName } from '../components/package-name';
import { packageUrl } from '../components/package-url';
import { packageVersion } from '../components/package-version';
import { hashOfHex } from './archive-hashes';
import type { LooseLine, LockfileOrNot } from './lockfile';
import type { LockfileText } from './npm-lockfile';
import { readRequirementLines, type RequirementLine } from './requirement-lines';

type Looked =
  | { readonly kind: 'component'; readonly component: Component }
  | { readonly kind: 'loose'; readonly loose: LooseLine }
  | { readonly kind: 'nothing' };

/** Options that change where packages come from. */
const OTHER_INDEX = /^(?:-i|--index-url|--extra-index-url|-f|--find-links)(?:[\s=]|$)/;
const TRUSTED_HOST = /^--trusted-host(?:[\s=]|$)/;
const EDITABLE = /^(?:-e|--editable)(?:[\s=]|$)/;
/** Of an archive or a folder, instead of a name. */
const ADDRESS = /^(?:[a-z+]{1,20}:\/\/|[./])/i;
const PIN = /^===?\s{0,20}([^\s,;=<>!~*]{1,128})\s{0,20}$/;

/** requirements*.txt. Files that it includes (`-r`, `-c`) are read under their own names. */
export function readRequirements({ path, text }: LockfileText): LockfileOrNot {
  const looked = readRequirementLines(text).map((line) => lookAt(line, path));
  const components = looked.flatMap((one) => (one.kind === 'component' ? [one.component] : []));
  const loose = looked.flatMap((one) => (one.kind === 'loose' ? [one.loose] : []));
  const weak = components.flatMap(weaknessOf);
  return {
    kind: 'read',
    lockfile: {
      path,
      kind: 'requirements',
      components,
      unnamed: [],
      manifests: null,
      places: {},
      loose: [...loose, ...weak],
    },
  };
}

function lookAt({ line, text, hashes }: RequirementLine, path: string): Looked {
  if (text.startsWith('-')) return optionLine(line, text);
  if (ADDRESS.test(text)) return loose(line, addressKind(text), null);
  const requirement = splitRequirement(text);
  if (requirement === null) return loose(line, 'unreadable', null);
  const { name, rest } = requirement;
  if (rest.startsWith('@')) {
    return loose(line, addressKind(rest.slice(1).trim()), name);
  }
  const version = packageVersion('PyPI', PIN.exec(rest)?.[1]);
  if (version === null) return loose(line, 'unpinned', name);
  return { kind: 'component', component: component({ name, version, line, path, hashes }) };
}

function addressKind(address: string): LooseLine['why'] {
  return /^(?:git\+)?http:/i.test(address) ? 'insecure-address' : 'address';
}

function optionLine(line: number, text: string): Looked {
  if (TRUSTED_HOST.test(text)) return loose(line, 'trusted-host', null);
  if (EDITABLE.test(text)) return loose(line, 'address', null);
  if (!OTHER_INDEX.test(text)) return { kind: 'nothing' };
  return loose(line, /[\s=]http:/i.test(text) ? 'insecure-address' : 'other-index', null);
}

/** `name[extra] ==1.0 ; python_version > "3"`: the name and what stands before the marker. */
function splitRequirement(text: string): { readonly name: string; readonly rest: string } | null {
  const written = /^[A-Za-z0-9][A-Za-z0-9._-]{0,213}/.exec(text)?.[0];
  const name = packageName('PyPI', written);
  if (written === undefined || name === null) return null;
  const after = text.slice(written.length).trimStart();
  const end = after.startsWith('[') ? after.indexOf(']') + 1 : 0;
  if (after.startsWith('[') && end === 0) return null;
  const rest = after.slice(end).split(';', 1)[0] ?? '';
  const bare = rest.trim();
  return { name, rest: bare.startsWith('(') && bare.endsWith(')') ? bare.slice(1, -1) : bare };
}

function loose(line: number, why: LooseLine['why'], name: string | null): Looked {
  return { kind: 'loose', loose: { line, why, name } };
}

function component({ name, version, line, path, hashes }: Pinned): Component {
  return {
    ecosystem: 'PyPI',
    name,
    version,
    purl: packageUrl('PyPI', name, version),
    lockfile: path,
    line,
    source: { kind: 'registry', host: null, secure: true },
    hashes: hashes.flatMap(hashOfHex),
    licence: null,
    licenceIsSpdx: false,
    dev: /(?:^|[-_./])(?:dev|test|tests|docs|lint)(?:[-_.]|$)/.test(path),
    hasInstallScript: false,
    direct: false,
    deprecated: false,
  };
}

interface Pinned {
  readonly name: string;
  readonly version: string;
  readonly line: number;
  readonly path: string;
  readonly hashes: readonly string[];
}

function weaknessOf({ hashes, line, name }: Component): readonly LooseLine[] {
  if (line === null) return [];
  if (hashes.length === 0) return [{ line, why: 'unhashed', name }];
  const isWeak = hashes.every(({ algorithm }) => algorithm === 'md5' || algorithm === 'sha1');
  return isWeak ? [{ line, why: 'weak-hash', name }] : [];
}
