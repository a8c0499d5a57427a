import { asObject, asText, ownValue } from './plain-object';

const LONGEST_LICENCE = 300;

/** A licence as npm packages write it: an expression, or in old ones an object with a type. Null: none is written. */
export function licenceOf(value: unknown): string | null {
  const entry = asObject(value);
  const licence = entry === null ? asText(value) : asText(ownValue(entry, 'type'));
  if (licence === null || licence.trim().length === 0) return null;
  return licence.trim().slice(0, LONGEST_LICENCE);
}
