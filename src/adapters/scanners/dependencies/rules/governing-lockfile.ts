import { posix } from 'node:path';
import { lockfileKind } from '../../../inspection/lockfiles/lockfile-kind';
import type { Lockfile } from '../../../inspection/lockfiles/lockfile';
import type { Manifest } from '../../../inspection/lockfiles/manifest';
import type { RuleInput } from './rule';

/** What pins the dependencies of a manifest. `place`: what the lockfile calls the manifest's folder. */
export type Governing =
  | { readonly kind: 'npm'; readonly lockfile: Lockfile; readonly place: string }
  /** One that cannot be compared: of another tool, or unreadable, which is told elsewhere. */
  | { readonly kind: 'other' }
  /** `above`: a folder above has a lockfile, which does not know of this one. */
  | { readonly kind: 'none'; readonly above: boolean };

/** The lockfile beside the manifest, or the one above that lists its folder as a workspace. */
export function governingLockfile(
  { path, kind }: Manifest,
  { lockfiles, lockfilePaths }: RuleInput,
): Governing {
  const folder = folderOf(path);
  const pinning = lockfilePaths.filter((lockfile) => pins(lockfile, kind, lockfiles));
  for (const above of foldersAbove(folder)) {
    const beside = pinning.filter((lockfile) => folderOf(lockfile) === above);
    if (beside.length === 0) continue;
    const npm = lockfiles
      .filter((lockfile) => lockfile.kind === 'npm' && beside.includes(lockfile.path))
      // npm reads the shrinkwrap where there are both, and it sorts first.
      .sort((one, other) => (one.path < other.path ? -1 : 1))[0];
    const place = folder.slice(above === '' ? 0 : above.length + 1);
    if (kind === 'python' || npm === undefined) return { kind: 'other' };
    const knows = place === '' || npm.manifests?.[place] !== undefined;
    return knows ? { kind: 'npm', lockfile: npm, place } : { kind: 'none', above: true };
  }
  return { kind: 'none', above: false };
}

export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function pins(path: string, kind: Manifest['kind'], lockfiles: readonly Lockfile[]): boolean {
  const known = lockfileKind(path);
  if (known?.kind === 'unread') return TOOLS[kind].has(known.tool);
  if (kind === 'npm') return known?.kind === 'npm';
  if (known?.kind === 'uv' || known?.kind === 'poetry') return true;
  return lockfiles.some((one) => one.path === path && isPinnedRequirements(one));
}

function isPinnedRequirements({ kind, components }: Lockfile): boolean {
  return kind === 'requirements' && components.length > 0;
}

const TOOLS: Readonly<Record<Manifest['kind'], ReadonlySet<string>>> = {
  npm: new Set(['yarn', 'pnpm', 'bun', 'deno']),
  python: new Set(['pipenv', 'pdm', 'pylock']),
};

/** The folder itself first, the root ('') last. */
function foldersAbove(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    parts.slice(0, parts.length - up).join('/'),
  );
}
