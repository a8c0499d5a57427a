import { missing, parsed, type Parsed } from '../parsed';
import { parseCobertura } from './cobertura';
import { parseIstanbul } from './istanbul';
import { parseLcov } from './lcov';
import type { CoveredLines } from './covered-lines';

export interface CoverageReport {
  /** 0 to 100, unrounded. */
  readonly lineCoveragePercent: number;
}

/** Covered lines in percent, from an istanbul summary or report, Cobertura or lcov; the content says which it is. */
export function parseCoverage(text: string): Parsed<CoverageReport> {
  const lines = linesOf(text);
  if (lines.kind === 'missing') return lines;
  const { covered, total } = lines.content;
  if (total === 0) return missing('it has no line that could be covered');
  if (!isCount(covered) || !isCount(total) || covered > total)
    return missing('its numbers of lines contradict each other');
  return parsed({ lineCoveragePercent: (100 * covered) / total });
}

function linesOf(text: string): Parsed<CoveredLines> {
  const start = text.trimStart();
  if (start.startsWith('{')) return parseIstanbul(text);
  if (start.startsWith('<')) return parseCobertura(text);
  return parseLcov(text);
}

/** Also a part of a line, where only a rate is known. A hundred times the largest is still a number. */
function isCount(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}
