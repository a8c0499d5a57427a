import { nameProblem } from '../deployment-id';
import { shortDigest } from '../revision';
import type { PlanInput } from './plan-input';
import { refuseCanary } from './refuse-canary';
import { refuseCapacity } from './refuse-capacity';
import { refuseCriteria } from './refuse-criteria';
import { isTime, refuseLimits } from './refuse-limits';
import { refusePerformance } from './refuse-performance';
import { refuseRolling } from './refuse-rolling';
import type { RecreateConfig } from './strategy';

/** Every reason why there can be no plan, for people; empty: there can be one. */
export function refusePlan(input: PlanInput): readonly string[] {
  return [
    ...refuseNames(input),
    ...refuseFleet(input),
    ...refuseTimes(input),
    ...refuseCriteria(input),
    ...refuseLimits('verify', input.verify, input),
    ...refusePerformance(input),
    ...refuseStrategy(input),
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
  return isFleetSize(instances)
    ? []
    : [`instances is ${instances}: a revision runs on at least 1, in whole numbers`];
}

function isFleetSize(instances: number): boolean {
  return Number.isInteger(instances) && instances >= 1;
}

function refuseTimes(input: PlanInput): readonly string[] {
  const startWithin = isTime(input.startWithinMs) && input.startWithinMs > 0;
  return [
    ...(isTime(input.rollbackWindowMs) ? [] : ['rollbackWindow is not a duration of 0 or more']),
    ...(isTime(input.drainMs) ? [] : ['drain is not a duration of 0 or more']),
    ...(startWithin ? [] : ['startWithin is not a duration above 0']),
  ];
}

/** Bounds and room follow from the size of the fleet: without a size there is nothing to say about them. */
function refuseStrategy(input: PlanInput): readonly string[] {
  const { strategy, instances } = input;
  const room = isFleetSize(instances) ? refuseCapacity(input) : [];
  switch (strategy.kind) {
    case 'blue-green':
      return room;
    case 'canary':
      return [...refuseCanary(strategy, input), ...room];
    case 'rolling': {
      const reasons = isFleetSize(instances) ? refuseRolling(strategy, input) : [];
      return reasons.length > 0 ? reasons : room;
    }
    case 'recreate':
      return [...refuseRecreate(strategy), ...room];
  }
}

function refuseRecreate({ mostWaitMs }: RecreateConfig): readonly string[] {
  return isTime(mostWaitMs) && mostWaitMs > 0
    ? []
    : ['recreate: the longest that a request waits is a duration above 0'];
}
