import { copyFileSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

const TAIL_BYTES = 64 * 1024;

/**
 * What one instance writes, in an append-only file that the process holds open itself, so that it can go on writing
 * without the platform. Beyond the size the file is copied to `{path}.1` and emptied in place.
 */
export class InstanceLog {
  constructor(
    readonly path: string,
    private readonly maxBytes: number,
  ) {}

  /** A descriptor for the child's stdout and stderr; the caller closes it after the spawn. */
  openForAppend(): number {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    return openSync(this.path, 'a', 0o600);
  }

  /** Rotates where the file has grown too big. Lines written between copy and cut are lost: a process that holds the
   * file open leaves no other way. */
  rotate(): void {
    try {
      if (statSync(this.path).size <= this.maxBytes) return;
      copyFileSync(this.path, rotatedOf(this.path));
      truncateSync(this.path);
    } catch {
      // Not there yet, or the disk is full: the service matters more than its log.
    }
  }

  lastLines(count: number): Promise<string[]> {
    return lastLinesOf(this.path, count);
  }
}

/**
 * The last lines of a log, oldest first: where too few were written since it was rotated, the ones before them, too.
 * None where it cannot be read. Looks at the last 64 KiB of a file only.
 */
export async function lastLinesOf(path: string, count: number): Promise<string[]> {
  const written = await endOf(path, count);
  if (written.length >= count) return written;
  return [...(await endOf(rotatedOf(path), count - written.length)), ...written];
}

function rotatedOf(path: string): string {
  return `${path}.1`;
}

async function endOf(path: string, count: number): Promise<string[]> {
  if (count <= 0) return [];
  let text: string;
  try {
    text = await tail(path);
  } catch {
    return [];
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.slice(-count);
}

async function tail(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
