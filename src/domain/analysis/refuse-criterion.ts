import { formatDecimal } from '../format/decimal';
import { formatSeconds } from '../format/duration';
import type { TargetCapabilities } from '../targets/capabilities';
import { METRICS } from './criterion';
import type { Criterion } from './criterion';

type Sight = Pick<TargetCapabilities, 'resolutionMs' | 'lagMs'>;

/** Why the criterion cannot be used with this target, with the arithmetic; empty: it can. */
export function refuseCriterion(criterion: Criterion, sight: Sight): readonly string[] {
  return [
    ...refuseDuration(criterion, sight),
    ...refuseThreshold(criterion),
    ...refuseDirection(criterion),
    ...(Number.isInteger(criterion.minimumSamples) && criterion.minimumSamples >= 0
      ? []
      : [`${criterion.id}: the fewest samples are a whole number of 0 or more`]),
  ];
}

function refuseDuration({ id, durationMs }: Criterion, sight: Sight): readonly string[] {
  const { resolutionMs, lagMs } = sight;
  const blindMs = resolutionMs + lagMs;
  if (durationMs >= blindMs && Number.isFinite(durationMs)) return [];
  return [
    `${id}: a duration of ${formatSeconds(durationMs)} is shorter than the target can see: ${formatSeconds(resolutionMs)} (resolution) + ${formatSeconds(lagMs)} (lag) = ${formatSeconds(blindMs)}`,
  ];
}

function refuseThreshold({ id, metric, threshold }: Criterion): readonly string[] {
  const { unit, badWhen } = METRICS[metric];
  if (!Number.isFinite(threshold) || threshold < 0) {
    return [`${id}: threshold ${threshold} is not a number of 0 or more`];
  }
  if (unit === 'ms') return threshold > 0 ? [] : [`${id}: a threshold of 0 ms is always exceeded`];
  if (threshold > 100) return [`${id}: threshold ${threshold} is above 100 %`];
  if (badWhen === 'below' && threshold > 0 && threshold <= 1) {
    return [
      `${id}: threshold ${threshold} is read as percent: write ${formatDecimal(threshold * 100, 4)}`,
    ];
  }
  return [];
}

function refuseDirection({ id, metric, badWhen }: Criterion): readonly string[] {
  const definition = METRICS[metric];
  if (badWhen === definition.badWhen) return [];
  return [`${id}: ${metric} is bad when it is ${definition.badWhen} its threshold, not ${badWhen}`];
}
