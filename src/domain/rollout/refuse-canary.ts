import type { PlanInput } from './plan-input';
import { refuseLimits } from './refuse-limits';
import type { CanaryConfig } from './strategy';

/** What is wrong with the steps of a canary. */
export function refuseCanary(config: CanaryConfig, input: PlanInput): readonly string[] {
  if (config.steps.length === 0) return ['a canary without steps: give it at least one weight'];
  return config.steps.flatMap(({ weight, bake }, index) => [
    ...refuseWeight(weight, input),
    ...refuseRise(weight, config.steps[index - 1]?.weight),
    ...refuseLimits(`canary step ${weight}`, bake, input),
  ]);
}

function refuseWeight(weight: number, { capabilities }: PlanInput): readonly string[] {
  if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
    return [`canary weight ${weight}: a weight is a whole percent from 1 to 100`];
  }
  const grain = capabilities.weightGrain;
  if (weight === 100 || (weight % grain === 0 && (100 - weight) % grain === 0)) return [];
  return [`canary weight ${weight}: the target splits traffic in steps of ${grain} % only`];
}

function refuseRise(weight: number, before: number | undefined): readonly string[] {
  if (before === undefined || weight > before) return [];
  return [`canary weight ${weight} after ${before}: weights rise from step to step`];
}
