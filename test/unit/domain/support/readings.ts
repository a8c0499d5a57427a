import type { Criterion, NamedMetric } from '../../../../src/domain/analysis/criterion';
import type { MetricSample, Reading } from '../../../../src/domain/analysis/reading';
import { SECOND_MS } from './windows';

export const CONVERSION: NamedMetric = 'business_metric_conversion';
export const READING_MS = 10 * SECOND_MS;

/** At least 10 % fewer conversions than stable, over a minute. */
export const FEWER_CONVERSIONS: Criterion = {
  id: 'manual/business_metric_conversion',
  metric: CONVERSION,
  threshold: -10,
  unit: 'percent',
  badWhen: 'below',
  comparison: 'relative-to-stable',
  source: 'shop-metrics',
  durationMs: 60 * SECOND_MS,
  severity: 'high',
  action: 'ask',
  minimumSamples: 100,
  alsoWhenBaselineBreaches: false,
};

export function ratio(events: number, of: number): MetricSample {
  return { kind: 'ratio', events, of };
}

/** The ten seconds with this number, as the source saw one metric of both arms. */
export function readingAt(
  number: number,
  candidate: MetricSample | null,
  stable: MetricSample | null,
): Reading {
  const of = (sample: MetricSample | null): Reading['arms']['stable'] =>
    sample === null ? null : { [CONVERSION]: sample };
  return {
    source: 'shop-metrics',
    number,
    fromMs: number * READING_MS,
    intervalMs: READING_MS,
    arms: { candidate: of(candidate), stable: of(stable) },
  };
}

/** Readings 0, 1, … of the same kind. */
export function readingsOf(
  count: number,
  candidate: MetricSample | null,
  stable: MetricSample | null,
): readonly Reading[] {
  return Array.from({ length: count }, (_, number) => readingAt(number, candidate, stable));
}
