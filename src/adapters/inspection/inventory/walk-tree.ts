import type { Dirent } from 'node:fs';
import { lstat, opendir, readlink } from 'node:fs/promises';
import type { Inventory } from '../../../domain/checks/inventory';
import { formatCount } from '../../../domain/format/count';
import { CHANGED, holeReason, type Holes } from './holes';
import type { InventoryLimits } from './limits';
import { isPlain, shownPath } from './shown-path';

/** What lies in the tree, each list sorted by path. */
export interface Walked {
  readonly files: readonly string[];
  readonly links: Inventory['links'];
  readonly leftOut: Inventory['leftOut'];
}

export interface WalkOrder {
  readonly root: string;
  readonly limits: InventoryLimits;
  readonly holes: Holes;
  readonly signal: AbortSignal;
  /** Called with the number of entries so far. */
  readonly seen: (entries: number) => void;
}

interface Found {
  readonly files: string[];
  readonly links: { path: string; to: string }[];
  readonly leftOut: { path: string; reason: string }[];
  entries: number;
}

/** Lists everything below the root and follows no link. */
export async function walkTree(order: WalkOrder): Promise<Walked> {
  const found: Found = { files: [], links: [], leftOut: [], entries: 0 };
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (!(await listFolder(folder, { order, found, waiting }))) {
      const most = formatCount(order.limits.entries);
      const reason = `the folder holds more than ${most} entries; the others were not listed`;
      order.holes.add('.', reason);
      break;
    }
  }
  return {
    files: found.files.sort(),
    links: found.links.sort(byPath),
    leftOut: found.leftOut.sort(byPath),
  };
}

interface Walk {
  readonly order: WalkOrder;
  readonly found: Found;
  readonly waiting: string[];
}

/** False where the limit is reached. */
async function listFolder(folder: string, walk: Walk): Promise<boolean> {
  const { root, holes, signal, limits, seen } = walk.order;
  try {
    // A link may have taken the folder's place since it was listed.
    if (!(await lstat(`${root}/${folder}`)).isDirectory()) {
      holes.add(folder, CHANGED);
      return true;
    }
    for await (const entry of await opendir(`${root}/${folder}`, { bufferSize: 512 })) {
      signal.throwIfAborted();
      walk.found.entries += 1;
      if (walk.found.entries > limits.entries) return false;
      await place(folder === '' ? entry.name : `${folder}/${entry.name}`, entry, walk);
    }
    seen(walk.found.entries);
  } catch (error) {
    signal.throwIfAborted();
    holes.add(folder === '' ? '.' : folder, holeReason(error));
  }
  return true;
}

async function place(path: string, entry: Dirent, { order, found, waiting }: Walk): Promise<void> {
  const unnamed = unnameable(entry.name);
  if (unnamed !== null) order.holes.add(path, unnamed);
  else if (isGitStore(path, entry)) found.leftOut.push({ path, reason: GIT_STORE });
  else if (entry.isDirectory()) waiting.push(path);
  else if (entry.isFile()) found.files.push(path);
  else if (entry.isSymbolicLink()) await placeLink(path, order, found);
  else order.holes.add(path, kindOfDevice(entry));
}

/** Such a name would have to be printed, or cannot even be opened under what Node makes of it. */
function unnameable(name: string): string | null {
  if (name.includes('\ufffd')) return 'its name is not valid UTF-8';
  return isPlain(name) ? null : 'its name holds characters that cannot be seen';
}

const GIT_STORE = "git's own store: history is not what is deployed";

function isGitStore(path: string, entry: Dirent): boolean {
  return entry.isDirectory() && /(?:^|\/)\.git\/(?:objects|lfs)$/.test(path);
}

async function placeLink(path: string, { root, holes }: WalkOrder, { links }: Found) {
  try {
    links.push({ path, to: shownPath(await readlink(`${root}/${path}`)) });
  } catch (error) {
    holes.add(path, holeReason(error));
  }
}

function kindOfDevice(entry: Dirent): string {
  if (entry.isFIFO()) return 'it is a pipe';
  if (entry.isSocket()) return 'it is a socket';
  return 'it is a device';
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
