import type { DeploymentReport } from '../report';
import { gapsOf } from './gaps';
import type { TimeRange } from './chart';
import { marksOf, type Mark } from './marks';
import { stepBands, type StepBand } from './step-bands';

/** What all charts of a page have in common: time, steps, gaps, and what people and the engine did. */
export interface Backdrop {
  readonly range: TimeRange;
  readonly bands: readonly StepBand[];
  readonly gaps: readonly TimeRange[];
  readonly marks: readonly Mark[];
}

/** Null: nothing was watched, and no step moved traffic. */
export function backdropOf(report: DeploymentReport): Backdrop | null {
  const bands = stepBands(report);
  const range = rangeOf(report, bands);
  if (range === null) return null;
  const marks = marksOf(report).filter(
    ({ atMs }) => atMs >= range.fromMs - SLACK_MS && atMs <= range.toMs + SLACK_MS,
  );
  return { range, bands, gaps: gapsOf(report.windows, bands.at(-1)?.toMs ?? 0), marks };
}

const SLACK_MS = 1_000;

function rangeOf(
  { windows, status }: DeploymentReport,
  bands: readonly StepBand[],
): TimeRange | null {
  const last = windows.at(-1);
  const begins = [windows[0]?.fromMs, bands[0]?.fromMs, status.firstTrafficAtMs];
  const ends = [
    last === undefined ? null : last.fromMs + last.intervalMs,
    bands.at(-1)?.toMs,
    status.safeAtMs,
  ];
  const known = (times: readonly (number | null | undefined)[]): readonly number[] =>
    times.filter((time) => time !== null && time !== undefined);
  if (known(begins).length === 0 || known(ends).length === 0) return null;
  const range = { fromMs: Math.min(...known(begins)), toMs: Math.max(...known(ends)) };
  return range.toMs > range.fromMs ? range : null;
}
