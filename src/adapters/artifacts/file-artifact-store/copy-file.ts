import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BelayError } from '../../../domain/errors';
import { errorCode } from '../../error-code';

export interface FileCopy {
  readonly from: string;
  readonly to: string;
  /** As people know it: relative to the artifact. */
  readonly path: string;
  /** Hears of every piece that was copied; throws when it is too much. */
  readonly count: (bytes: number) => void;
}

export interface CopiedFile {
  readonly executable: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

const PIECE_BYTES = 256 * 1024;
/** Never a link that took the file's place, and never a wait for the other end of a pipe. */
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Copies and hashes in one pass, so that the digest is that of the copy. */
export async function copyFile(copy: FileCopy): Promise<CopiedFile> {
  await using source = await openSource(copy);
  const before = await source.stat({ bigint: true });
  if (!before.isFile()) throw changed(copy.path);
  const executable = (before.mode & 0o111n) !== 0n;
  await using target = await open(copy.to, 'wx', executable ? 0o555 : 0o444);
  const copied = await pipe(source, target, (bytes, total) => {
    if (total > before.size) throw changed(copy.path);
    copy.count(bytes);
  });
  await target.sync();
  const after = await source.stat({ bigint: true });
  if (!sameContent(before, after) || after.size !== BigInt(copied.bytes)) throw changed(copy.path);
  return { executable, ...copied };
}

async function openSource({ from, path }: FileCopy): Promise<FileHandle> {
  try {
    return await open(from, READ_ONLY);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') throw changed(path, cause);
    if (code === 'EACCES') throw unreadable(path, cause);
    throw cause;
  }
}

async function pipe(
  source: FileHandle,
  target: FileHandle,
  count: (bytes: number, total: number) => void,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(piece, 0, PIECE_BYTES, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    bytes += bytesRead;
    count(bytesRead, bytes);
    hash.update(piece.subarray(0, bytesRead));
    await target.writeFile(piece.subarray(0, bytesRead));
  }
}

function sameContent(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs
  );
}

function changed(path: string, cause?: unknown): BelayError {
  return new BelayError(
    'ARTIFACT_CHANGED',
    `${path} changed while it was copied; nothing was stored and nothing was deployed.`,
    { next: 'Deploy again when the build has ended.', details: { path }, cause },
  );
}

function unreadable(path: string, cause: unknown): BelayError {
  return new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `${path} may not be read by the worker; nothing was stored and nothing was deployed.`,
    {
      next: 'Give the worker leave to read it, or remove it from the artifact.',
      details: { path },
      cause,
    },
  );
}
