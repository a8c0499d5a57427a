import type { MetricSample } from '../domain/analysis/reading';

/** A sample, the reason why what was answered is none, or null: nothing was seen. */
export type SampleOrReason = MetricSample | string | null;

/** From two counts of one window, of which either may be absent, NaN, infinite or negative. */
export function ratioSample(events: number | undefined, of: number | undefined): SampleOrReason {
  if (events === undefined && of === undefined) return null;
  if (of === undefined) return 'what it counts out of (`of`) was not seen';
  if (events === undefined)
    return 'its `events` were not seen; if that means none, end the query with `or vector(0)`';
  const problem = countProblem('events', events) ?? countProblem('of', of);
  return problem ?? { kind: 'ratio', events, of };
}

/** From a measured value of one window. */
export function valueSample(value: number | undefined, samples: number): SampleOrReason {
  if (value === undefined) return null;
  if (!Number.isFinite(value)) return `its value is ${nameOf(value)}`;
  return samples > 0 ? { kind: 'value', value, samples } : null;
}

function countProblem(name: string, count: number): string | null {
  if (!Number.isFinite(count)) return `\`${name}\` is ${nameOf(count)}`;
  return count < 0 ? `\`${name}\` is negative` : null;
}

function nameOf(value: number): string {
  if (Number.isNaN(value)) return 'not a number (NaN)';
  return value > 0 ? 'infinite' : 'minus infinite';
}
