import type { Measurement } from '../analysis/measurement';
import type { MetricSample } from '../analysis/reading';

/** A named metric over several readings. */
export interface SampledMetric extends Measurement {
  /** One standard error of the value; null: the source gives none. */
  readonly standardError: number | null;
}

/**
 * Ratios are summed before they are divided (percent), values are weighted by their samples. A source that mixes both
 * kinds says nothing that could be added up: nothing was measured.
 */
export function measureSamples(samples: readonly MetricSample[]): SampledMetric {
  const ratios = samples.filter((sample) => sample.kind === 'ratio');
  const values = samples.filter((sample) => sample.kind === 'value');
  if (ratios.length > 0 && values.length > 0) return NOTHING;
  return ratios.length > 0 ? ratioOf(ratios) : meanOf(values);
}

function ratioOf(samples: readonly (MetricSample & { readonly kind: 'ratio' })[]): SampledMetric {
  const events = samples.reduce((sum, sample) => sum + sample.events, 0);
  const of = samples.reduce((sum, sample) => sum + sample.of, 0);
  if (of === 0) return NOTHING;
  const share = events / of;
  // A source may count more events than things (clicks a visit): then nothing is known of their spread.
  const standardError = share > 1 ? null : 100 * Math.sqrt((share * (1 - share)) / of);
  return { value: (100 * events) / of, samples: of, standardError };
}

function meanOf(samples: readonly (MetricSample & { readonly kind: 'value' })[]): SampledMetric {
  const count = samples.reduce((sum, sample) => sum + sample.samples, 0);
  if (count === 0) return NOTHING;
  const total = samples.reduce((sum, sample) => sum + sample.value * sample.samples, 0);
  return { value: total / count, samples: count, standardError: null };
}

const NOTHING: SampledMetric = { value: null, samples: 0, standardError: null };
