import { listOf, objectOf, textOf, type Json } from './json-value';
import { parseJson } from './parse-json';
import { missing, parsed, type Parsed } from './parsed';

/** A CycloneDX bill of materials in JSON, with a list of components. */
export function parseBill(text: string): Parsed<Json> {
  const bill = objectOf(parseJson(text));
  if (bill === null) return missing('it is no whole JSON: cut off or damaged');
  const isBill = bill['bomFormat'] === 'CycloneDX' && textOf(bill['specVersion']) !== null;
  if (!isBill) return missing('it is no CycloneDX bill of materials');
  return listOf(bill['components']) === null ? missing('it lists no components') : parsed(bill);
}
