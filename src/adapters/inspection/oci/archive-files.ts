import { constants, createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import type { ImageFiles } from './image-files';

const BLOCK = 512;
/** A layout has a few files for each layer. */
const MOST_ENTRIES = 20_000;

export interface ArchiveMember {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * The members of a tar file that are plain files, found by their headers alone: nothing is unpacked. Null where the
 * file is no tar file.
 * @throws UnreadableFile where the headers stop making sense
 */
export async function archiveMembers(
  path: string,
): Promise<ReadonlyMap<string, ArchiveMember> | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await members(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/** A layout in a tar file, each file read from its place. */
export function archiveFiles(
  path: string,
  members: ReadonlyMap<string, ArchiveMember>,
): ImageFiles {
  return {
    size: (name) => members.get(name)?.bytes ?? null,
    open: (name) => {
      const { offset, bytes } = members.get(name) ?? { offset: 0, bytes: 0 };
      if (bytes === 0) return Readable.from([]);
      const flags = (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string;
      return createReadStream(path, { flags, start: offset, end: offset + bytes - 1 });
    },
  };
}

async function members(
  file: FileHandle,
  size: number,
): Promise<ReadonlyMap<string, ArchiveMember> | null> {
  const found = new Map<string, ArchiveMember>();
  const header = Buffer.alloc(BLOCK);
  for (let offset = 0, entries = 0; offset + BLOCK <= size; entries += 1) {
    if (entries > MOST_ENTRIES)
      throw new UnreadableFile(`it has more than ${MOST_ENTRIES} entries`);
    await file.read(header, 0, BLOCK, offset);
    if (header[0] === 0) return found;
    if (!isHeader(header)) {
      if (offset === 0) return null;
      throw new UnreadableFile('its headers stop making sense');
    }
    const bytes = sizeOf(header);
    offset += BLOCK;
    if (offset + bytes > size) throw new UnreadableFile('it ends in the middle of a file');
    if (isFile(header)) found.set(nameOf(header), { offset, bytes });
    offset += Math.ceil(bytes / BLOCK) * BLOCK;
  }
  if (found.size === 0) return null;
  throw new UnreadableFile('it has no end: it is cut off');
}

/** `ustar`, and a checksum that fits. */
function isHeader(header: Buffer): boolean {
  if (header.toString('latin1', 257, 262) !== 'ustar') return false;
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum === octal(header, 148, 8);
}

function isFile(header: Buffer): boolean {
  return header[156] === 0 || header[156] === 0x30;
}

/** Sizes from 8 GiB on are written as binary numbers. */
function sizeOf(header: Buffer): number {
  const bytes =
    ((header[124] ?? 0) & 0x80) === 0
      ? octal(header, 124, 12)
      : Number(header.readBigUInt64BE(128));
  if (!Number.isSafeInteger(bytes)) throw new UnreadableFile('its headers stop making sense');
  return bytes;
}

function octal(header: Buffer, at: number, length: number): number {
  const digits = header.toString('latin1', at, at + length).replace(/[\0 ]/g, '');
  return /^[0-7]{0,12}$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return (prefix === '' ? name : `${prefix}/${name}`).replace(/^(?:\.\/)+/, '');
}

function text(header: Buffer, at: number, length: number): string {
  const bytes = header.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? length : end);
}
