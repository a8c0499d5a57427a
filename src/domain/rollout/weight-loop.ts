import type { BakeLimits, CanaryStep } from './strategy';

/** The specification's canary block. Whole percent. */
export interface WeightLoop {
  readonly initialTraffic: number;
  readonly incrementStep: number;
  readonly maxTraffic: number;
  readonly bake: BakeLimits;
}

/**
 * `initial, initial + step, …` up to the most, as the specification's loop counts. Its 5, 15, … ends at 95, so the
 * last step is always exactly 100. An initial weight or a step below 1 counts as 1.
 */
export function weightLoopSteps(loop: WeightLoop): readonly CanaryStep[] {
  const increment = Math.max(1, loop.incrementStep);
  const most = Math.min(loop.maxTraffic, 100);
  const weights: number[] = [];
  for (
    let weight = Math.max(1, loop.initialTraffic);
    weight <= most && weight < 100;
    weight += increment
  ) {
    weights.push(weight);
  }
  return [...weights, 100].map((weight) => ({ weight, bake: loop.bake }));
}
