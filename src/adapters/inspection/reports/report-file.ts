import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../../error-code';
import { missing, type Missing } from './parsed';

export interface ReportFile {
  readonly kind: 'read';
  readonly text: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const MOST_REPORT_BYTES = 50_000_000;

/** Never through a link that took its place, and never a wait for the other end of a pipe. */
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** All of a report of at most 50 MB, and the digest of what was read. */
export async function readReportFile(path: string): Promise<ReportFile | Missing> {
  try {
    await using file = await open(path, READ_ONLY);
    const { size } = await file.stat();
    if (!(await file.stat()).isFile()) return missing('it is not a file');
    if (size > MOST_REPORT_BYTES) return missing('it is larger than 50 MB');
    const content = await file.readFile();
    if (content.length === 0) return missing('it is empty');
    const sha256 = createHash('sha256').update(content).digest('hex');
    return withText(content, sha256);
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
