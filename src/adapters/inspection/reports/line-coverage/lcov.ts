import { missing, parsed, type Parsed } from '../parsed';
import { sumOfLines, type CoveredLines } from './covered-lines';

const END = /^end_of_record[ \t]*\r?$/m;
const WORD = /^(?:TN|SF|VER|FN|FNL|FNA|FNDA|FNF|FNH|BRDA|BRF|BRH|MCDC|MCF|MCH|DA|LF|LH):/;

/** Sums `LF` and `LH` over all records; a record without them is counted by its `DA` lines. */
export function parseLcov(text: string): Parsed<CoveredLines> {
  const records = text.split(END).map(linesOf);
  if (records.flat().some((line) => !WORD.test(line)))
    return missing('it is no coverage report of a known kind');
  // What stands after the last end of a record has none itself.
  const rest = records.pop() ?? [];
  const isWhole = records.every((record) => of('SF:', record).length === 1);
  if (of('SF:', rest).length > 0 || !isWhole)
    return missing('it is cut off: its records do not begin and end in turn');
  return records.length === 0
    ? missing('it names no file')
    : parsed(sumOfLines(records.map(coveredOf)));
}

function linesOf(record: string): readonly string[] {
  return record.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

function coveredOf(record: readonly string[]): CoveredLines {
  const hits = new Map<string, boolean>();
  for (const line of of('DA:', record)) {
    const [number = '', count = ''] = line.split(',', 2);
    hits.set(number, hits.get(number) === true || countOf(count) > 0);
  }
  const [found] = of('LF:', record);
  const [hit] = of('LH:', record);
  return {
    total: found === undefined ? hits.size : countOf(found),
    covered: hit === undefined ? [...hits.values()].filter((isHit) => isHit).length : countOf(hit),
  };
}

/** What follows that word, on each line that begins with it. */
function of(word: string, record: readonly string[]): readonly string[] {
  return record
    .filter((line) => line.startsWith(word))
    .map((line) => line.slice(word.length).trim());
}

/** NaN, which no sum survives, for what is no count. */
function countOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
