import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { MOST_REPORT_BYTES } from '../../inspection/reports/report-file';

/** What a report was at one moment; null where there was none. */
export type ReportStamp = string | null;

/** Two stamps differ where the file was written in between: also with the same bytes. */
export async function stampReport(path: string): Promise<ReportStamp> {
  try {
    const { ino, size, mtimeNs } = await lstat(path, { bigint: true });
    return JSON.stringify([String(ino), String(mtimeNs), await digestOf(path, size)]);
  } catch {
    return null;
  }
}

/** A time alone can be set back by a tool that keeps times. One that is too large is not read in any case. */
async function digestOf(path: string, size: bigint): Promise<string> {
  if (size > BigInt(MOST_REPORT_BYTES)) return String(size);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
