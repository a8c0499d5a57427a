import { fromVector } from 'ae-cvss-calculator';

/** The package's own types do not resolve under node20 rules. */
const readVector = fromVector as (
  vector: string,
) => { calculateScores(): { readonly base?: number } } | null;

const LONGEST_VECTOR = 500;

/** The base score, 0 to 10, of a CVSS 2, 3 or 4 vector; null for anything that is not a whole one. */
export function baseScore(vector: string): number | null {
  if (vector.length === 0 || vector.length > LONGEST_VECTOR) return null;
  try {
    // Half a vector has an overall score of 0, but no base.
    const base = readVector(vector)?.calculateScores().base;
    return typeof base === 'number' && Number.isFinite(base) ? base : null;
  } catch {
    return null;
  }
}
