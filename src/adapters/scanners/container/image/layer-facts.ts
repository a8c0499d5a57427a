import type { Finding } from '../../../../domain/checks/finding';
import type { EntryProblem } from './entry-problems';

/** What one layer adds to an image and takes away from the layers below. */
export interface LayerFacts {
  readonly findings: readonly Finding[];
  readonly problems: readonly EntryProblem[];
  /** Files that run with the rights of their owner, whoever starts them. */
  readonly setuid: readonly string[];
  readonly paths: ReadonlySet<string>;
  /** Paths that a whiteout removes; folders with all that is in them. */
  readonly removed: ReadonlySet<string>;
  /** Folders whose content of the layers below is removed. */
  readonly emptied: ReadonlySet<string>;
}

/** Whether one of the layers above removes or replaces what lies at the path. */
export function isCovered(path: string, above: readonly LayerFacts[]): boolean {
  return above.some(
    ({ paths, removed, emptied }) =>
      paths.has(path) ||
      ancestorsOf(path).some((folder) => removed.has(folder) || emptied.has(folder)) ||
      removed.has(path),
  );
}

function ancestorsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, count) => parts.slice(0, count).join('/'));
}

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

export type Whiteout =
  | { readonly kind: 'removes'; readonly path: string }
  | { readonly kind: 'empties'; readonly folder: string };

/** What an entry of this name takes away; null: it is no whiteout. */
export function whiteoutOf(path: string): Whiteout | null {
  const at = path.lastIndexOf('/') + 1;
  const name = path.slice(at);
  if (name === OPAQUE) return { kind: 'empties', folder: path.slice(0, Math.max(0, at - 1)) };
  if (!name.startsWith(WHITEOUT)) return null;
  return { kind: 'removes', path: path.slice(0, at) + name.slice(WHITEOUT.length) };
}

/** `./usr//bin/x` as `usr/bin/x`: how entries of different layers are compared. Not for opening anything. */
export function plainPath(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
