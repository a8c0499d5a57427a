import { readNestedPackages } from './npm-nested-packages';
import { readFlatPackages } from './npm-flat-packages';
import type { LockfileOrNot } from './lockfile';
import { asObject, ownValue, type PlainObject } from './plain-object';

export interface LockfileText {
  readonly path: string;
  readonly text: string;
}

/** package-lock.json, npm-shrinkwrap.json (versions 1, 2 and 3) and node_modules/.package-lock.json. */
export function readNpmLockfile(
  { path, text }: LockfileText,
  kind: 'npm' | 'npm-installed',
): LockfileOrNot {
  const document = asObject(parsed(text));
  if (document === null) return malformed('it is no JSON object');
  switch (ownValue(document, 'lockfileVersion')) {
    case 2:
    case 3: {
      const entries = asObject(ownValue(document, 'packages'));
      if (entries === null) return malformed('it has no "packages"');
      return { kind: 'read', lockfile: readFlatPackages({ path, text, kind, entries }) };
    }
    // npm 5 and 6; npm 4's shrinkwrap has no version at all.
    case 1:
    case undefined: {
      const entries = nestedEntries(document);
      if (entries === null) return malformed('it has the parts of no known lockfileVersion');
      return { kind: 'read', lockfile: readNestedPackages({ path, text, kind, entries }) };
    }
    default:
      return malformed('its lockfileVersion is unknown');
  }
}

/** A lockfile without packages says at least its version. Null for what npm would not read so. */
function nestedEntries(document: PlainObject): PlainObject | null {
  if (ownValue(document, 'packages') !== undefined) return null;
  const dependencies = ownValue(document, 'dependencies');
  if (dependencies !== undefined) return asObject(dependencies);
  return ownValue(document, 'lockfileVersion') === 1 ? {} : null;
}

function malformed(reason: string): LockfileOrNot {
  return { kind: 'malformed', reason };
}

/** JSON's own errors quote what they could not read. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
