import { parse } from 'smol-toml';
import { asList, asObject, ownValue, type PlainObject } from './plain-object';

export interface TomlPackages {
  readonly packages: readonly TomlPackage[];
  readonly document: PlainObject;
}

export interface TomlPackage {
  readonly entry: PlainObject;
  readonly line: number | null;
}

/** The `[[package]]` tables of a lockfile in the order of the file; null where it is no TOML or has no such list. */
export function readTomlPackages(text: string): TomlPackages | null {
  const document = parsed(text);
  if (document === null) return null;
  const list = ownValue(document, 'package');
  // Both tools write a version of their format even where nothing is locked.
  if (list === undefined && !isEmptyLockfile(document)) return null;
  if (list !== undefined && !Array.isArray(list)) return null;
  const lines = text.split('\n').flatMap((line, index) => {
    return line.trim() === '[[package]]' ? [index + 1] : [];
  });
  const entries = asList(list)
    .map(asObject)
    .filter((entry) => entry !== null);
  const isOneEach = lines.length === entries.length;
  const packages = entries.map((entry, index) => ({
    entry,
    line: isOneEach ? (lines[index] ?? null) : null,
  }));
  return { packages, document };
}

function isEmptyLockfile(document: PlainObject): boolean {
  return (
    typeof ownValue(document, 'version') === 'number' ||
    asObject(ownValue(document, 'metadata')) !== null
  );
}

/** A parser's errors quote what they could not read. */
function parsed(text: string): PlainObject | null {
  try {
    return asObject(parse(text));
  } catch {
    return null;
  }
}
