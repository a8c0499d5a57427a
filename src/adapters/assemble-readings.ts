import type { MetricSample } from '../domain/analysis/reading';
import type { Digest } from '../domain/revision';
import type { MissingSample, RevisionReading } from '../ports/reading-source';
import type { WindowRange } from './reading-grid';
import type { SampleOrReason } from './sample-of';

/** One metric of one revision, by window number. */
export interface Column {
  readonly revision: Digest;
  readonly metric: string;
  readonly at: (number: number) => SampleOrReason | PassingGap;
}

/** Missing for a reason that may be gone when it is asked for again. */
export interface PassingGap {
  readonly kind: 'passing';
  readonly reason: string;
}

/** The columns as windows, oldest first; one in which nothing was seen is left out. */
export function assembleReadings(
  columns: readonly Column[],
  { first, last }: WindowRange,
  intervalMs: number,
): readonly RevisionReading[] {
  const readings: RevisionReading[] = [];
  for (let number = first; number <= last; number += 1) {
    const reading = readingOf(columns, number, intervalMs);
    if (reading !== null) readings.push(reading);
  }
  return readings;
}

function readingOf(
  columns: readonly Column[],
  number: number,
  intervalMs: number,
): RevisionReading | null {
  const revisions: Record<Digest, Record<string, MetricSample>> = {};
  const missing: MissingSample[] = [];
  for (const { revision, metric, at } of columns) {
    const sample = at(number);
    if (sample === null) continue;
    if (typeof sample === 'string') missing.push({ revision, metric, reason: sample });
    else if (sample.kind === 'passing')
      missing.push({ revision, metric, reason: sample.reason, mayPass: true });
    else revisions[revision] = { ...revisions[revision], [metric]: sample };
  }
  if (missing.length === 0 && Object.keys(revisions).length === 0) return null;
  return {
    number,
    fromMs: number * intervalMs,
    intervalMs,
    revisions,
    ...(missing.length === 0 ? {} : { missing }),
  };
}
