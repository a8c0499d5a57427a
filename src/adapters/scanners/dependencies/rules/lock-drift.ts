import semver from 'semver';
import type { Finding } from '../../../../domain/checks/finding';
import { packageName } from '../../../inspection/components/package-name';
import { installedRanges } from '../../../inspection/lockfiles/declared-dependencies';
import type { DeclaredDependencies, Lockfile } from '../../../inspection/lockfiles/lockfile';
import type { Manifest } from '../../../inspection/lockfiles/manifest';
import { governingLockfile } from './governing-lockfile';
import { fileFinding, type DependencyRule } from './rule';

type NpmManifest = Extract<Manifest, { kind: 'npm' }>;

interface Locked {
  readonly lockfile: Lockfile;
  /** The manifest's folder as the lockfile calls it. */
  readonly place: string;
}

const LONGEST_RANGE = 500;

/** package.json against its lockfile: the same wishes, and for each a version that fulfils it. */
export const lockDriftRule: DependencyRule = (read) =>
  read.manifests.flatMap((manifest) => {
    if (manifest.kind !== 'npm') return [];
    const governing = governingLockfile(manifest, read);
    if (governing.kind !== 'npm') return [];
    return driftedNames(manifest, governing).map((name) => drift(manifest.path, name));
  });

function driftedNames({ declared }: NpmManifest, locked: Locked): readonly string[] {
  const wishes = installedRanges(declared);
  const written = locked.lockfile.manifests?.[locked.place] ?? null;
  const known = written === null ? null : installedRanges(written);
  const names = new Set([...Object.keys(wishes), ...Object.keys(known ?? {})]);
  return [...names].sort().filter((name) => {
    const wish = ownRange(wishes, name);
    if (known !== null && ownRange(known, name) !== wish) return true;
    return wish !== null && !isFulfilled({ name, wish, declared }, locked);
  });
}

function ownRange(ranges: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(ranges, name) ? (ranges[name] ?? null) : null;
}

interface Wish {
  readonly name: string;
  readonly wish: string;
  readonly declared: DeclaredDependencies;
}

function isFulfilled({ name, wish, declared }: Wish, { lockfile, place }: Locked): boolean {
  const beside = place === '' ? null : `${place}/node_modules/${name}`;
  const at =
    beside !== null && Object.hasOwn(lockfile.places, beside) ? beside : `node_modules/${name}`;
  const placed = Object.hasOwn(lockfile.places, at) ? lockfile.places[at] : undefined;
  // One that does not fit the platform may be left out.
  if (placed === undefined) return Object.hasOwn(declared.optionalDependencies, name);
  const { expected, range } = readWish(name, wish);
  // A tag, an address or a folder: whatever was found there is what is locked.
  if (range === null || range === '*' || placed.version === null) return true;
  if (expected !== placed.name) return false;
  return semver.satisfies(placed.version, range, { loose: true });
}

/** `npm:other@^1.0.0` wishes for another package under this name. */
function readWish(
  name: string,
  wish: string,
): { readonly expected: string; readonly range: string | null } {
  const bounded = wish.slice(0, LONGEST_RANGE);
  const at = bounded.lastIndexOf('@');
  const isAlias = bounded.startsWith('npm:');
  if (!isAlias) return { expected: name, range: rangeOf(bounded) };
  const end = at > 'npm:'.length ? at : undefined;
  const alias = bounded.slice('npm:'.length, end);
  return { expected: alias, range: end === undefined ? null : rangeOf(bounded.slice(end + 1)) };
}

function rangeOf(text: string): string | null {
  return semver.validRange(text, { loose: true });
}

function drift(path: string, name: string): Finding {
  const shown = packageName('npm', name) ?? 'a package';
  return fileFinding(
    { path, line: null, parts: [shown] },
    {
      rule: 'lock-drift',
      severity: 'high',
      title: `what ${path} asks of ${shown} is not what the lockfile pins`,
      fix: `Run npm install --package-lock-only beside ${path}, look at what changes, and ship both files.`,
    },
  );
}
