import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { InventoryFile } from '../../../domain/checks/inventory';
import { CHANGED } from './holes';
import { kindOf } from './kind-of';

export type ReadEntry =
  | { readonly kind: 'file'; readonly file: InventoryFile }
  | { readonly kind: 'hole'; readonly reason: string };

export interface ReadOrder {
  readonly root: string;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Asked with the file's size before it is read; false: there is no room for it. */
  readonly takeBytes: (bytes: number) => boolean;
  /** Called after each piece. */
  readonly alive: () => void;
}

const PIECE_BYTES = 1_048_576;

/** Digests one file, never through a link, and never hangs on a pipe. */
export async function readEntry(order: ReadOrder): Promise<ReadEntry> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(`${order.root}/${order.path}`, flags);
  try {
    return await digested(handle, order);
  } finally {
    await handle.close();
  }
}

async function digested(handle: FileHandle, order: ReadOrder): Promise<ReadEntry> {
  const before = await handle.stat();
  if (!before.isFile()) return OTHER;
  if (!order.takeBytes(before.size)) return TOO_MUCH;
  const { sha256, head, bytes } = await readAll(handle, before.size, order);
  const after = await handle.stat();
  const isSame = after.mtimeMs === before.mtimeMs && after.size === before.size;
  if (!isSame || bytes !== before.size) return OTHER;
  const { path } = order;
  const executable = (before.mode & 0o111) !== 0;
  return { kind: 'file', file: { path, bytes, sha256, executable, kind: kindOf(path, head) } };
}

const OTHER: ReadEntry = { kind: 'hole', reason: CHANGED };
const TOO_MUCH: ReadEntry = { kind: 'hole', reason: 'the folder is too large to be read whole' };

/** One byte more than the file says it has is enough to know that it grows. */
async function readAll(handle: FileHandle, size: number, { signal, alive }: ReadOrder) {
  const hash = createHash('sha256');
  let head: Buffer | null = null;
  let bytes = 0;
  let piece = Buffer.allocUnsafe(Math.min(size + 1, PIECE_BYTES));
  while (bytes <= size) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, bytes);
    if (bytesRead === 0) break;
    const read = piece.subarray(0, bytesRead);
    hash.update(read);
    bytes += bytesRead;
    if (head === null) {
      head = read;
      if (bytes < size) piece = Buffer.allocUnsafe(PIECE_BYTES);
    }
    signal.throwIfAborted();
    alive();
  }
  return { sha256: hash.digest('hex'), head: head ?? Buffer.alloc(0), bytes };
}
