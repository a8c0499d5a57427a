import { objectOf, type Json } from '../json-value';
import { parseJson } from '../parse-json';
import { missing, parsed, type Parsed } from '../parsed';
import { sumOfLines, type CoveredLines } from './covered-lines';

/** `coverage-summary.json`, or `coverage-final.json` with the statements of each file. */
export function parseIstanbul(text: string): Parsed<CoveredLines> {
  const report = objectOf(parseJson(text));
  if (report === null) return missing('it is no whole JSON: cut off or damaged');
  const total = objectOf(report['total']);
  if (total !== null) return ofSummary(objectOf(total['lines']));
  const files = Object.values(report).map((file) => linesOfFile(objectOf(file)));
  const known = files.filter((file) => file !== null);
  return known.length === files.length && known.length > 0
    ? parsed(sumOfLines(known))
    : missing('it is JSON, but no coverage report of istanbul');
}

/** An empty run has `pct: "Unknown"`, a string, and a total of 0. */
function ofSummary(lines: Json | null): Parsed<CoveredLines> {
  const { total, covered, pct } = lines ?? {};
  if (typeof pct !== 'number') return missing('it does not know how many lines are covered');
  if (typeof total !== 'number' || typeof covered !== 'number')
    return missing('it does not say how many lines there are');
  return parsed({ covered, total });
}

/** A line is covered as often as the statement on it that ran most, as istanbul counts itself. */
function linesOfFile(file: Json | null): CoveredLines | null {
  const statements = objectOf(file?.['statementMap']);
  const counts = objectOf(file?.['s']);
  if (statements === null || counts === null) return null;
  const hits = new Map<number, number>();
  for (const [id, place] of Object.entries(statements)) {
    const line = numberOf(objectOf(objectOf(place)?.['start'])?.['line']);
    hits.set(line, Math.max(hits.get(line) ?? 0, numberOf(counts[id])));
  }
  const covered = [...hits.values()].filter((count) => count > 0).length;
  return [...hits].flat().some(Number.isNaN) ? null : { total: hits.size, covered };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
