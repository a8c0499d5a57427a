import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './durable-file';

/**
 * A file of JSON lines that several processes append to. A line is one write at the end of the file, so none gets
 * lost; a line that a crash cut short is skipped by readers and closed off by the next append.
 */
export interface AppendLog {
  append(value: unknown): Promise<void>;
  /** Every whole line that was added since the last call (at first: all of them), oldest first. */
  readNew(): Promise<LogNews>;
}

export interface LogNews {
  /** True when the file is not the one that was read before: forget what it said. */
  readonly restarted: boolean;
  readonly values: readonly unknown[];
}

const NEWLINE = 0x0a;

export function openAppendLog(path: string): AppendLog {
  let offset = 0;
  let identity = '';

  return {
    async append(value) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await withFile(await open(path, 'a+', 0o600), async (file) => {
        const lead = (await endsInsideLine(file)) ? '\n' : '';
        await file.appendFile(`${lead}${JSON.stringify(value)}\n`);
        await file.datasync();
      });
    },

    async readNew() {
      const file = await openIfAny(path);
      if (file === null) {
        const restarted = offset > 0;
        offset = 0;
        return { restarted, values: [] };
      }
      return withFile(file, async () => {
        const { size, ino, birthtimeNs } = await file.stat({ bigint: true });
        // The number alone may be that of an earlier file: systems give it out again.
        const found = `${ino}/${birthtimeNs}`;
        const restarted = offset > 0 && (found !== identity || size < offset);
        if (restarted) offset = 0;
        identity = found;
        const bytes = await readFrom(file, offset, Number(size) - offset);
        const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
        offset += whole.length;
        return { restarted, values: parseLines(whole.toString('utf8')) };
      });
    },
  };
}

async function endsInsideLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = await readFrom(file, size - 1, 1);
  return last[0] !== NEWLINE;
}

async function readFrom(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function parseLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => parseLine(line));
}

function parseLine(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

async function openIfAny(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function withFile<T>(file: FileHandle, use: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
