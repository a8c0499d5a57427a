import { readFile } from 'node:fs/promises';
import type { Coordinate } from '../../../ports/advisory-source';
import { readRecords } from './read-records';
import { readRecordZip } from './read-record-zip';
import { RecordSet, type RecordSetAnswer } from './record-set';

export interface RecordsOrder {
  /** A file, or what an address answered. */
  readonly from:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
  readonly components: readonly Coordinate[];
}

export type RecordsAnswer =
  | ({ readonly kind: 'answer' } & RecordSetAnswer)
  | { readonly kind: 'refused'; readonly reason: string };

const MOST_TEXT_BYTES = 256_000_000;
const ZIP_MARK = Buffer.from('PK');

/** Answers from a whole set of OSV records: JSON, JSON lines or a zip. */
export async function answerFromRecords({
  from,
  components,
}: RecordsOrder): Promise<RecordsAnswer> {
  const set = new RecordSet(components);
  const content = from.kind === 'file' ? await readFile(from.path) : Buffer.from(from.bytes);
  if (content.subarray(0, 2).equals(ZIP_MARK)) {
    const end = await readRecordZip(content, (record) => set.add(record));
    if (end.kind === 'refused') return end;
  } else {
    if (content.byteLength > MOST_TEXT_BYTES) {
      return { kind: 'refused', reason: `holds more than ${MOST_TEXT_BYTES} bytes; use a zip` };
    }
    const records = readRecords(content.toString('utf8'));
    if (records === null) return { kind: 'refused', reason: 'holds no OSV records' };
    for (const record of records) set.add(record);
  }
  const answer = set.answer();
  if (answer.records === 0) return { kind: 'refused', reason: 'holds no OSV records' };
  // Half a set would leave half of what is known out.
  if (answer.strange > 0) {
    const reason = `holds ${answer.strange} entries that are no OSV records, beside ${answer.records} that are`;
    return { kind: 'refused', reason };
  }
  return { kind: 'answer', ...answer };
}
