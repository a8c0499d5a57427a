import {
  asList,
  asObject,
  ownValue,
  type PlainObject,
} from '../../inspection/lockfiles/plain-object';
import { readOsvRecord, type OsvRecord } from './osv-record';
import { parsedJson } from './parsed-json';

const LISTS = ['vulns', 'records', 'advisories'] as const;

/**
 * The records of a JSON document (a list, one record, or a list under `vulns`, `records` or `advisories`) or of JSON lines;
 * null in place of what is no record. Null where the text is neither.
 */
export function readRecords(text: string): readonly (OsvRecord | null)[] | null {
  const whole = parsedJson(text);
  if (whole !== undefined) return recordsOf(whole);
  const lines = text.split('\n').filter((line) => line.trim().length > 0);
  const documents = lines.map(parsedJson);
  const isLines = documents.length > 1 && documents.every((one) => asObject(one) !== null);
  return isLines ? documents.map(readOsvRecord) : null;
}

function recordsOf(document: unknown): readonly (OsvRecord | null)[] | null {
  if (Array.isArray(document)) return asList(document).map(readOsvRecord);
  const object = asObject(document);
  if (object === null) return null;
  const list = listOf(object);
  if (list !== null) return list.map(readOsvRecord);
  const single = readOsvRecord(object);
  return single === null ? null : [single];
}

function listOf(object: PlainObject): readonly unknown[] | null {
  for (const key of LISTS) {
    const value = ownValue(object, key);
    if (Array.isArray(value)) return asList(value);
  }
  return null;
}
