import type { VerifyConfig } from '../deployment';
import type { PlanInput } from './plan-input';
import type { StepDraft } from './step-drafts';
import { bake, prepareCandidate, retireStable, shift, verify, warm } from './steps';
import type { BakeLimits, CanaryConfig, CanaryStep } from './strategy';

/** Weight rises step by step, each watched before the next; the last is exactly 100 and its watch is the verification. */
export function canarySteps(input: PlanInput, config: CanaryConfig): readonly StepDraft[] {
  return [
    ...prepareCandidate(input),
    ...config.steps
      .filter(isSplit)
      .flatMap((step) => [shift(input, step.weight), bake(input, step.weight, step.bake)]),
    shift(input, 100),
    verify(input, verification(input.verify, config)),
    ...warm(input),
    ...retireStable(input),
  ];
}

function isSplit(step: CanaryStep): boolean {
  return step.weight < 100;
}

/** A configured step at 100 is the verification under another name: the stricter of both limits counts. */
function verification(configured: VerifyConfig, config: CanaryConfig): BakeLimits {
  const whole = config.steps.find((step) => step.weight === 100)?.bake ?? configured;
  return {
    leastMs: Math.max(whole.leastMs, configured.leastMs),
    longestMs: Math.max(whole.longestMs, configured.longestMs),
    minimumRequests: Math.max(whole.minimumRequests, configured.minimumRequests),
  };
}
