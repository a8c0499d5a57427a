import { formatSeconds } from '../format/duration';
import type { PlanInput } from './plan-input';
import type { VerifyConfig } from '../deployment';

/** A window of the performance thresholds that no verification is long enough to see, with the arithmetic. */
export function refusePerformance(input: PlanInput): readonly string[] {
  const { thresholds } = input.monitoring.performance;
  if (thresholds === null) return [];
  const { windowMs } = thresholds;
  const longestMs = longestVerification(input);
  const { resolutionMs, lagMs } = input.capabilities;
  const neededMs = windowMs + resolutionMs + lagMs;
  if (longestMs >= neededMs) return [];
  return [
    `verify: longest ${formatSeconds(longestMs)} never sees the ${formatSeconds(windowMs)} that performance is judged over: ${formatSeconds(windowMs)} + ${formatSeconds(resolutionMs)} (resolution) + ${formatSeconds(lagMs)} (lag) = ${formatSeconds(neededMs)}`,
  ];
}

/** A canary's step at 100 is its verification, too. */
function longestVerification({ strategy, verify }: PlanInput): VerifyConfig['longestMs'] {
  const steps = strategy.kind === 'canary' ? strategy.steps : [];
  const whole = steps.find(({ weight }) => weight === 100)?.bake;
  return Math.max(verify.longestMs, whole?.longestMs ?? 0);
}
