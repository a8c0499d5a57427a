import { createHash } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import { canonicalJson } from '../../../domain/canonical-json';
import type { Inventory, InventoryFile } from '../../../domain/checks/inventory';
import { BelayError } from '../../../domain/errors';
import type { CheckContext } from '../../../ports/check-subject';
import { createHoles, holeReason, type Holes } from './holes';
import { INVENTORY_LIMITS, type InventoryLimits } from './limits';
import { readEntry } from './read-entry';
import { walkTree } from './walk-tree';

export interface InventoryContext extends CheckContext {
  readonly limits?: InventoryLimits;
}

/** Enough to keep two disks busy; each holds at most a megabyte. */
const READERS = 8;
const PROGRESS_EVERY_MS = 200;

/**
 * Lists and digests everything below the root, following no link. What cannot be read, changes while it is read, is no
 * file, or lies beyond {@link INVENTORY_LIMITS} is in `unlisted` with the reason. A name with control characters is
 * there too, escaped: every later report prints paths as they are.
 * @throws BelayError `ARTIFACT_MISSING`, `ARTIFACT_UNSUPPORTED` where the root is no folder; the signal's reason
 */
export async function takeInventory(root: string, context: InventoryContext): Promise<Inventory> {
  const { signal, limits = INVENTORY_LIMITS } = context;
  signal.throwIfAborted();
  const folder = await rootFolder(root);
  const holes = createHoles(limits.unlisted);
  const progress = throttled(context.progress);
  const seen = (entries: number): void => progress(0, entries);
  const walked = await walkTree({ root: folder, limits, holes, signal, seen });
  const files = await readAll(walked.files, { root: folder, limits, holes, signal, progress });
  context.progress(walked.files.length, walked.files.length);
  const { links, leftOut } = walked;
  const unlisted = holes.all();
  return { digest: digestOf({ files, links, unlisted, leftOut }), files, links, unlisted, leftOut };
}

async function rootFolder(root: string): Promise<string> {
  try {
    const folder = await realpath(root);
    if ((await lstat(folder)).isDirectory()) return folder;
  } catch (cause) {
    throw new BelayError(
      'ARTIFACT_MISSING',
      `There is no readable ${root}; nothing was checked and nothing was deployed.`,
      { next: 'Build the service first, or name its folder.', cause },
    );
  }
  throw new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `${root} is not a folder; nothing was checked and nothing was deployed.`,
    { next: 'Name the folder that holds the files.' },
  );
}

function throttled(progress: CheckContext['progress']): CheckContext['progress'] {
  let saidAtMs = 0;
  return (done, total) => {
    if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
    saidAtMs = Date.now();
    progress(done, total);
  };
}

interface Reading {
  readonly root: string;
  readonly limits: InventoryLimits;
  readonly holes: Holes;
  readonly signal: AbortSignal;
  readonly progress: CheckContext['progress'];
}

async function readAll(paths: readonly string[], reading: Reading): Promise<InventoryFile[]> {
  const { root, limits, holes, signal, progress } = reading;
  const found: (InventoryFile | undefined)[] = new Array<undefined>(paths.length).fill(undefined);
  let next = 0;
  let bytesLeft = limits.bytes;
  const takeBytes = (bytes: number): boolean => {
    if (bytes > bytesLeft) return false;
    bytesLeft -= bytes;
    return true;
  };
  const alive = (): void => progress(next, paths.length);
  const reader = async (): Promise<void> => {
    for (let index = next++; index < paths.length; index = next++) {
      signal.throwIfAborted();
      const path = paths[index] ?? '';
      try {
        const entry = await readEntry({ root, path, signal, takeBytes, alive });
        if (entry.kind === 'file') found[index] = entry.file;
        else holes.add(path, entry.reason);
      } catch (error) {
        signal.throwIfAborted();
        holes.add(path, holeReason(error));
      }
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return found.filter((file) => file !== undefined);
}

/** The digest of the canonical JSON of all of it, made piece by piece: the whole text may be too long to hold. */
function digestOf(lists: Omit<Inventory, 'digest'>): string {
  const hash = createHash('sha256');
  for (const name of ['files', 'leftOut', 'links', 'unlisted'] as const) {
    hash.update(name === 'files' ? '{"files":[' : `],"${name}":[`);
    for (const [index, entry] of lists[name].entries())
      hash.update(`${index === 0 ? '' : ','}${canonicalJson(entry)}`);
  }
  return `sha256:${hash.update(']}').digest('hex')}`;
}
