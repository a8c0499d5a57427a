import { formatDuration, formatSeconds } from '../format/duration';
import type { PlanInput } from './plan-input';
import type { BakeLimits } from './strategy';

/** What is wrong with the limits of one watch; `where` names it. */
export function refuseLimits(
  where: string,
  limits: BakeLimits,
  input: PlanInput,
): readonly string[] {
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

export function isTime(durationMs: number): boolean {
  return Number.isFinite(durationMs) && durationMs >= 0;
}
