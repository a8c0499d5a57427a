import type { SourceSpec } from '../domain/monitoring/source-spec';

/** Windows of a source by number (start ÷ resolution), both ends included; empty where `last` is less than `first`. */
export interface WindowRange {
  readonly first: number;
  readonly last: number;
}

/** The whole windows between the two times that are complete now: the source's lag after their end is over. */
export function completeWindows(
  { resolutionMs, lagMs }: Pick<SourceSpec, 'resolutionMs' | 'lagMs'>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  nowMs: number,
): WindowRange {
  return {
    first: Math.ceil(fromMs / resolutionMs),
    last: Math.floor(Math.min(toMs, nowMs - lagMs) / resolutionMs) - 1,
  };
}

/** The range in pieces of at most so many windows, oldest first. */
export function inPieces({ first, last }: WindowRange, most: number): readonly WindowRange[] {
  const pieces: WindowRange[] = [];
  for (let from = first; from <= last; from += most)
    pieces.push({ first: from, last: Math.min(last, from + most - 1) });
  return pieces;
}
