import { formatDecimal } from '../format/decimal';
import type { BakeStep } from './plan';
import type { PlanInput } from './plan-input';

/** Requests a second that one revision will get in a step. */
export interface ExpectedTraffic {
  /** Of users, at the traffic of now; null: nobody could count it. */
  readonly users: number | null;
  /** Of the probe. */
  readonly probes: number;
}

export function expectedOfCandidate(input: PlanInput, step: BakeStep): ExpectedTraffic {
  return shareOf(input, candidateWeight(input, step));
}

/** Null: stable gets no traffic in the step. */
export function expectedOfStable(input: PlanInput, step: BakeStep): ExpectedTraffic | null {
  const { stable } = input;
  const weight = stable === null ? 0 : (step.weights[stable] ?? 0);
  return weight === 0 ? null : shareOf(input, weight);
}

export function candidateWeight({ candidate }: PlanInput, { weights }: BakeStep): number {
  return weights[candidate.digest] ?? 0;
}

/** What a step has of requests: users' and the probe's together. Null: nobody could count. */
export function perSecond({ users, probes }: ExpectedTraffic): number | null {
  return users === null ? null : users + probes;
}

/** When the step can end at the earliest with so many requests a second to the candidate; it may be its longest time. */
export function earliestEndMs({ limits }: BakeStep, rate: number): number {
  const { leastMs, longestMs, minimumRequests } = limits;
  if (rate < NO_REQUESTS) return minimumRequests > 0 ? longestMs : leastMs;
  return Math.min(longestMs, Math.max(leastMs, (minimumRequests / rate) * 1_000));
}

/** Requests a second: fewer than one in ten days. */
export const NO_REQUESTS = 1e-6;

/** Requests a second, with two digits that count where there are few: `120`, `2.5`, `0.025`. */
export function rateText(rate: number): string {
  if (rate > 0 && rate < 0.0001) return '<0.0001';
  return rate < 1 ? formatDecimal(Number(rate.toPrecision(2)), 6) : formatDecimal(rate, 1);
}

function shareOf(input: PlanInput, weight: number): ExpectedTraffic {
  const { trafficPerSecond } = input;
  return {
    users: trafficPerSecond === null ? null : (trafficPerSecond * weight) / 100,
    probes: probesPerSecond(input),
  };
}

/** To each revision, whatever its weight; nothing where the target cannot address one. */
export function probesPerSecond({ monitoring: { probe }, capabilities }: PlanInput): number {
  return probe === null || !capabilities.headerRoute ? 0 : probe.perSecond;
}
