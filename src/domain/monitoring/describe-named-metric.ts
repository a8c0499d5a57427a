import type { Criterion, NamedMetric } from '../analysis/criterion';
import { describeEvidence } from '../analysis/evidence-sentence';
import { oneLine } from '../format/one-line';
import type { WatchedMetric } from './watched-metrics';

const MOST_NAME_BYTES = 80;
const MOST_SENTENCE_BYTES = 400;

/** The metric's name as a person may read it: one line, not long. */
export function nameOf({ name }: Pick<WatchedMetric, 'name'>): string {
  return oneLine(name, MOST_NAME_BYTES);
}

/** What was seen, of how many, against which limit, for how long: in the words of the judge. */
export function describeAgainstLimit(
  metric: WatchedMetric,
  limit: Pick<Criterion, 'threshold' | 'comparison'>,
): string {
  const { candidate, spanMs, stable, unit } = metric;
  const isRelative = limit.comparison === 'relative-to-stable';
  const own = candidate.value === null ? {} : { own: { value: candidate.value, unit } };
  const sentence = describeEvidence({
    ...limit,
    criterion: metric.name,
    metric: nameOf(metric) as NamedMetric,
    state: 'breached',
    value: isRelative ? relativeChange(metric) : candidate.value,
    baseline: stable.value,
    baselineSamples: stable.samples,
    samples: candidate.samples,
    durationMs: spanMs,
    unit: isRelative ? 'percent' : unit,
    ...(isRelative ? own : {}),
  });
  return oneLine(sentence, MOST_SENTENCE_BYTES);
}

/** Candidate ÷ stable − 1, in percent; null: there is nothing to divide, or nothing to divide by. */
export function relativeChange({ candidate, stable }: WatchedMetric): number | null {
  if (candidate.value === null || stable.value === null || stable.value === 0) return null;
  return (100 * (candidate.value - stable.value)) / Math.abs(stable.value);
}
