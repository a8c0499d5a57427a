import { refuseCriterion } from '../analysis/refuse-criterion';
import { nameProblem } from '../deployment-id';
import { formatDuration, formatSeconds } from '../format/duration';
import { shortDigest } from '../revision';
import type { PlanInput } from './plan-input';
import type { BakeLimits, CanaryConfig } from './strategy';

/** Every reason why there can be no plan, for people; empty: there can be one. */
export function refusePlan(input: PlanInput): readonly string[] {
  return [
    ...refuseNames(input),
    ...refuseFleet(input),
    ...refuseTimes(input),
    ...input.criteria.flatMap((criterion) => refuseCriterion(criterion, input.capabilities)),
    ...refuseTwins(input),
    ...refuseLimits('verify', input.verify, input),
    ...(input.strategy.kind === 'canary' ? refuseCanary(input.strategy, input) : []),
  ];
}

function refuseNames({ service, environment, stable, candidate }: PlanInput): readonly string[] {
  const names = [nameProblem('service', service), nameProblem('environment', environment)];
  const serving = `${shortDigest(candidate.digest)} serves already: there is nothing to roll out`;
  return [
    ...names.filter((problem) => problem !== null),
    ...(stable === candidate.digest ? [serving] : []),
  ];
}

function refuseFleet({ instances }: PlanInput): readonly string[] {
  return Number.isInteger(instances) && instances >= 1
    ? []
    : [`instances is ${instances}: a revision runs on at least 1, in whole numbers`];
}

function refuseTimes(input: PlanInput): readonly string[] {
  const startWithin = isTime(input.startWithinMs) && input.startWithinMs > 0;
  return [
    ...(isTime(input.rollbackWindowMs) ? [] : ['rollbackWindow is not a duration of 0 or more']),
    ...(isTime(input.drainMs) ? [] : ['drain is not a duration of 0 or more']),
    ...(startWithin ? [] : ['startWithin is not a duration above 0']),
  ];
}

function refuseTwins({ criteria }: PlanInput): readonly string[] {
  const ids = criteria.map((criterion) => criterion.id);
  const twins = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twins].map((id) => `two criteria are called ${id}: a verdict must name exactly one`);
}

function refuseCanary(config: CanaryConfig, input: PlanInput): readonly string[] {
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

function refuseLimits(where: string, limits: BakeLimits, input: PlanInput): readonly string[] {
  const { leastMs, longestMs, minimumRequests } = limits;
  if (!isTime(leastMs) || !isTime(longestMs))
    return [`${where}: least and longest are durations of 0 or more`];
  const { resolutionMs, lagMs } = input.capabilities;
  const blindMs = resolutionMs + lagMs;
  return [
    ...(longestMs < leastMs
      ? [
          `${where}: longest ${formatDuration(longestMs)} is shorter than least ${formatDuration(leastMs)}`,
        ]
      : []),
    ...(longestMs >= leastMs && longestMs < leastMs + blindMs && longestMs >= blindMs
      ? [
          `${where}: least ${formatSeconds(leastMs)} cannot be seen by longest ${formatSeconds(longestMs)}: windows of ${formatSeconds(resolutionMs)} (resolution) readable after ${formatSeconds(lagMs)} (lag) need ${formatSeconds(leastMs + blindMs)}`,
        ]
      : []),
    ...(longestMs < blindMs
      ? [
          `${where}: nobody could see anything within ${formatSeconds(longestMs)}: windows of ${formatSeconds(resolutionMs)} (resolution) readable after ${formatSeconds(lagMs)} (lag) need ${formatSeconds(blindMs)}`,
        ]
      : []),
    ...(Number.isInteger(minimumRequests) && minimumRequests >= 0
      ? []
      : [`${where}: the fewest requests are a whole number of 0 or more`]),
  ];
}

function isTime(durationMs: number): boolean {
  return Number.isFinite(durationMs) && durationMs >= 0;
}
