import type { Criterion } from '../analysis/criterion';
import type { PlanInput } from './plan-input';

/** How fine and how late a metric is seen. Durations in ms. */
export interface Sight {
  /** The length of a window. */
  readonly resolutionMs: number;
  /** How long after its end a window can be read. */
  readonly lagMs: number;
}

/** What the criterion is seen by: the target, or its metric source; null: there is no such source. */
export function sightOf(input: PlanInput, { source }: Criterion): Sight | null {
  if (source === null) return input.capabilities;
  return input.monitoring.sources.find(({ name }) => name === source) ?? null;
}
