import { lstat } from 'node:fs/promises';
import { digestReportFile } from '../../inspection/reports/report-file';

/** What a report was at one moment; null where there was none. */
export type ReportStamp = string | null;

/**
 * Two stamps differ where the file was written in between, also with the same bytes. The digest beside the time: a tool
 * that keeps times may set it back.
 */
export async function stampReport(path: string): Promise<ReportStamp> {
  try {
    const { ino, size, mtimeNs } = await lstat(path, { bigint: true });
    const digest = await digestReportFile(path);
    return JSON.stringify([String(ino), String(size), String(mtimeNs), digest]);
  } catch {
    return null;
  }
}
