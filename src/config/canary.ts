import { METRICS } from '../domain/analysis/criterion';
import type { Criterion } from '../domain/analysis/criterion';
import type { VerifyConfig } from '../domain/deployment';
import type { BakeLimits, CanaryConfig } from '../domain/rollout/strategy';
import { weightLoopSteps } from '../domain/rollout/weight-loop';
import { DEFAULT_CANARY_STEPS, DEFAULTS, LONGEST_FACTOR, SPECIFICATION_CANARY } from './defaults';
import { minimumSamples } from './minimum-samples';
import type { BakeBlock, CanaryBlock, VerifyBlock } from './schema/canary';
import { secondsToMs } from './units';

export interface CanaryReading {
  readonly canary: CanaryConfig;
  /** The specification's success threshold, as the criterion that it is. */
  readonly criteria: readonly Criterion[];
}

/** Our steps, the specification's loop, or (nothing said) our default steps. */
export function readCanary(block: CanaryBlock = {}): CanaryReading {
  const { steps, ...specification } = block;
  if (steps) {
    const read = steps.map(({ weight, bake }) => ({ weight, bake: bakeLimits(bake) }));
    return { canary: { kind: 'canary', steps: read }, criteria: [] };
  }
  if (Object.values(specification).every((value) => value === undefined)) {
    return { canary: { kind: 'canary', steps: DEFAULT_CANARY_STEPS }, criteria: [] };
  }
  return fromSpecification(specification);
}

/** A number is short for its least time; the longest is three times that where nothing else is said. */
export function bakeLimits(
  bake: BakeBlock,
  defaultRequests: number = DEFAULTS.stepRequests,
): BakeLimits {
  const { least, longest, requests } = typeof bake === 'number' ? { least: bake } : bake;
  return {
    leastMs: secondsToMs(least),
    longestMs: secondsToMs(longest ?? least * LONGEST_FACTOR),
    minimumRequests: requests ?? defaultRequests,
  };
}

function fromSpecification(block: Omit<CanaryBlock, 'steps'>): CanaryReading {
  const period = block.evaluationPeriod ?? SPECIFICATION_CANARY.evaluationPeriod;
  const threshold = block.successThreshold ?? SPECIFICATION_CANARY.successThreshold;
  const steps = weightLoopSteps({
    initialTraffic: block.initialTraffic ?? SPECIFICATION_CANARY.initialTraffic,
    incrementStep: block.incrementStep ?? SPECIFICATION_CANARY.incrementStep,
    maxTraffic: block.maxTraffic ?? SPECIFICATION_CANARY.maxTraffic,
    bake: bakeLimits(period),
  });
  return {
    canary: { kind: 'canary', steps },
    criteria: [successCriterion(threshold, secondsToMs(period))],
  };
}

function successCriterion(threshold: number, durationMs: number): Criterion {
  return {
    id: 'canary/success_rate',
    metric: 'success_rate',
    threshold,
    unit: METRICS.success_rate.unit,
    badWhen: METRICS.success_rate.badWhen,
    comparison: 'absolute',
    source: null,
    durationMs,
    severity: 'critical',
    action: 'rollback',
    minimumSamples: minimumSamples('success_rate', threshold),
    alsoWhenBaselineBreaches: false,
  };
}

/** The watch at 100 % before the deployment is live. */
export function readVerify(block: VerifyBlock): VerifyConfig {
  const { leastMs, longestMs, minimumRequests } = DEFAULTS.verify;
  const least = block.least === undefined ? leastMs : secondsToMs(block.least);
  const longest = block.longest === undefined ? null : secondsToMs(block.longest);
  return {
    // Half of it, so that what the least time needs to be seen fits into the longest.
    leastMs: longest === null || block.least !== undefined ? least : Math.min(least, longest / 2),
    longestMs: longest ?? (block.least === undefined ? longestMs : least * LONGEST_FACTOR),
    minimumRequests: block.requests ?? minimumRequests,
  };
}
