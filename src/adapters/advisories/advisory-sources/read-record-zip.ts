import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { OsvRecord } from './osv-record';
import { readRecords } from './read-records';

/** Every bound is far above what OSV publishes for one ecosystem. */
const MOST_ENTRIES = 500_000;
const MOST_ENTRY_BYTES = 16_000_000;
const MOST_BYTES = 4_000_000_000;
const HIGHEST_RATIO = 200;
/** Small entries may shrink a lot without being a bomb. */
const RATIO_COUNTS_FROM_BYTES = 1_000_000;

export type ZipEnd =
  { readonly kind: 'read' } | { readonly kind: 'refused'; readonly reason: string };

/** Reads the `.json` entries of a zip of OSV records, one record or a list an entry, into the given function. */
export async function readRecordZip(
  source: string | Buffer,
  take: (record: OsvRecord | null) => void,
): Promise<ZipEnd> {
  let bytes = 0;
  let entries = 0;
  try {
    const zip = await opened(source);
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      bytes += entry.uncompressedSize;
      const refusal = refusalOf(entry, { entries, bytes });
      if (refusal !== null) return { kind: 'refused', reason: refusal };
      if (!entry.fileName.endsWith('.json')) continue;
      for (const record of readRecords(await textOf(zip, entry)) ?? [null]) take(record);
    }
    return { kind: 'read' };
  } catch {
    // Not the message: it may quote a name out of the archive.
    return { kind: 'refused', reason: 'is no whole zip archive' };
  }
}

function opened(source: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true };
  return typeof source === 'string'
    ? yauzl.openPromise(source, options)
    : yauzl.fromBufferPromise(source, options);
}

function refusalOf(
  { uncompressedSize, compressedSize }: Entry,
  { entries, bytes }: { readonly entries: number; readonly bytes: number },
): string | null {
  if (entries > MOST_ENTRIES) return `holds more than ${MOST_ENTRIES} entries`;
  if (uncompressedSize > MOST_ENTRY_BYTES) return `holds an entry of ${uncompressedSize} bytes`;
  if (bytes > MOST_BYTES) return `inflates to more than ${MOST_BYTES} bytes`;
  const ratio = uncompressedSize / Math.max(1, compressedSize);
  const isBomb = uncompressedSize > RATIO_COUNTS_FROM_BYTES && ratio > HIGHEST_RATIO;
  return isBomb ? `holds an entry that inflates ${Math.round(ratio)} times` : null;
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
