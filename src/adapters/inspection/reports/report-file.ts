import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../../error-code';
import { missing, type Missing } from './parsed';

export interface ReportFile {
  readonly kind: 'read';
  readonly text: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReportDigest {
  readonly kind: 'digested';
  readonly sha256: string;
}

export const MOST_REPORT_BYTES = 50_000_000;

/** Never through a link that took its place, and never a wait for the other end of a pipe. */
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** All of a report of at most 50 MB, and the digest of what was read. */
export async function readReportFile(
  path: string,
  mostBytes: number = MOST_REPORT_BYTES,
): Promise<ReportFile | Missing> {
  return withReport(path, mostBytes, async (file) => {
    const content = await file.readFile();
    return withText(content, createHash('sha256').update(content).digest('hex'));
  });
}

/** The digest of a report, read piece by piece. */
export async function digestReportFile(path: string): Promise<ReportDigest | Missing> {
  return withReport(path, MOST_REPORT_BYTES, async (file) => {
    const hash = createHash('sha256');
    await pipeline(file.createReadStream({ autoClose: false }), hash);
    return { kind: 'digested', sha256: hash.digest('hex') };
  });
}

async function withReport<T>(
  path: string,
  mostBytes: number,
  read: (file: FileHandle) => Promise<T>,
): Promise<T | Missing> {
  try {
    await using file = await open(path, READ_ONLY);
    const found = await file.stat();
    if (!found.isFile()) return missing('it is not a file');
    if (found.size > mostBytes) return missing(`it is larger than ${mostBytes / 1_000_000} MB`);
    return found.size === 0 ? missing('it is empty') : await read(file);
  } catch (error) {
    return missing(unreadable(errorCode(error)));
  }
}

function withText(content: Buffer, sha256: string): ReportFile | Missing {
  const text = new TextDecoder(encodingOf(content)).decode(content);
  if (text.trim() === '') return missing('it is empty');
  if (text.includes('\0')) return missing('it is not a text');
  return { kind: 'read', text, bytes: content.length, sha256 };
}

/** By its first bytes; the decoder removes the mark. */
function encodingOf(content: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (content[0] === 0xff && content[1] === 0xfe) return 'utf-16le';
  return content[0] === 0xfe && content[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function unreadable(code: string | null): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'it is not there';
    case 'ELOOP':
      return 'it is a link';
    case 'EACCES':
      return 'it may not be read';
    default:
      return `it cannot be read (${code ?? 'unknown'})`;
  }
}
