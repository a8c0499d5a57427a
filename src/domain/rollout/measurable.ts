import { isBuiltInMetric, METRICS, type Criterion } from '../analysis/criterion';
import type { PlanInput } from './plan-input';

/** The criteria that the target's metrics can answer; the others are named in the plan's notes and have no effect. */
export function measurableCriteria(input: PlanInput): readonly Criterion[] {
  return input.criteria.filter((criterion) => isMeasurable(input, criterion));
}

export function isMeasurable(input: PlanInput, { metric, source }: Criterion): boolean {
  if (source !== null || !isBuiltInMetric(metric)) return true;
  return METRICS[metric].unit !== 'ms' || input.capabilities.percentiles === 'histogram';
}
