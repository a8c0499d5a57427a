import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const endRecord = { signature: 0x06054b50, bytes: 22, longestComment: 0xffff };
const entryRecord = { signature: 0x02014b50, bytes: 46 };
const localRecord = { signature: 0x04034b50, bytes: 30 };
const methods = new Map([
  [0, () => new PassThrough()],
  [8, () => createInflateRaw()],
]);

/**
 * Writes the one entry of a zip archive whose name ends with `suffix` to `target`. Streams, since
 * the entry may be larger than is pleasant in memory. Reads plain archives only (no zip64, no
 * encryption) and says so about others; checks the length, not the CRC: the caller knows the
 * archive by its sha256.
 */
export async function unzipEntry(archive, { suffix, target, signal }) {
  const file = await open(archive, 'r');
  try {
    const entry = await findEntry(file, suffix);
    const start = await dataStart(file, entry);
    if (entry.compressed === 0) throw new Error(`${entry.name} in ${archive} is empty`);
    const inflate = methods.get(entry.method);
    if (!inflate) throw new Error(`${entry.name} is packed by method ${entry.method}`);
    const out = createWriteStream(target, { mode: 0o755 });
    const from = createReadStream(archive, { start, end: start + entry.compressed - 1 });
    await pipeline(from, inflate(), out, { signal });
    if (out.bytesWritten !== entry.size) {
      throw new Error(`${entry.name} has ${out.bytesWritten} bytes where ${entry.size} are due`);
    }
  } finally {
    await file.close();
  }
}

async function findEntry(file, suffix) {
  const directory = await readDirectory(file);
  let offset = 0;
  while (offset + entryRecord.bytes <= directory.length) {
    if (directory.readUInt32LE(offset) !== entryRecord.signature) break;
    const nameLength = directory.readUInt16LE(offset + 28);
    const nameStart = offset + entryRecord.bytes;
    const name = directory.toString('utf8', nameStart, nameStart + nameLength);
    if (name.endsWith(suffix)) return { name, ...entryFields(directory, offset) };
    const extra = directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32);
    offset = nameStart + nameLength + extra;
  }
  throw new Error(`the archive has no entry that ends with ${suffix}`);
}

function entryFields(directory, offset) {
  return {
    method: directory.readUInt16LE(offset + 10),
    compressed: directory.readUInt32LE(offset + 20),
    size: directory.readUInt32LE(offset + 24),
    header: directory.readUInt32LE(offset + 42),
  };
}

async function readDirectory(file) {
  const { size } = await file.stat();
  const tail = await read(
    file,
    Math.max(0, size - endRecord.bytes - endRecord.longestComment),
    size,
  );
  for (let at = tail.length - endRecord.bytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endRecord.signature) continue;
    const start = tail.readUInt32LE(at + 16);
    return read(file, start, Math.min(size, start + tail.readUInt32LE(at + 12)));
  }
  throw new Error('the file is not a zip archive');
}

async function dataStart(file, { header }) {
  const local = await read(file, header, header + localRecord.bytes);
  if (local.length < localRecord.bytes || local.readUInt32LE(0) !== localRecord.signature) {
    throw new Error('the archive is damaged: an entry is not where its directory says');
  }
  return header + localRecord.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
}

async function read(file, from, to) {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}
