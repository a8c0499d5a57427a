import { formatDecimal } from '../format/decimal';
import { formatSeconds } from '../format/duration';
import { isBuiltInMetric, METRICS } from './criterion';
import type { Criterion } from './criterion';
import type { Sight } from './judge-config';

/** Why the criterion cannot be used with what its target or source can see, with the arithmetic; empty: it can. */
export function refuseCriterion(criterion: Criterion, sight: Sight): readonly string[] {
  return [
    ...refuseDuration(criterion, sight),
    ...(criterion.comparison === 'absolute'
      ? refuseThreshold(criterion)
      : refuseRelativeThreshold(criterion)),
    ...refuseDirection(criterion),
    ...(Number.isInteger(criterion.minimumSamples) && criterion.minimumSamples >= 0
      ? []
      : [`${criterion.id}: the fewest samples are a whole number of 0 or more`]),
    ...(criterion.source !== null || isBuiltInMetric(criterion.metric)
      ? []
      : [`${criterion.id}: no source sees ${criterion.metric}`]),
  ];
}

function refuseDuration({ id, durationMs, source }: Criterion, sight: Sight): readonly string[] {
  const { resolutionMs, lagMs } = sight;
  const blindMs = resolutionMs + lagMs;
  if (durationMs >= blindMs && Number.isFinite(durationMs)) return [];
  const who = source === null ? 'the target' : `its source ${source}`;
  return [
    `${id}: a duration of ${formatSeconds(durationMs)} is shorter than ${who} can see: ${formatSeconds(resolutionMs)} (resolution) + ${formatSeconds(lagMs)} (lag) = ${formatSeconds(blindMs)}`,
  ];
}

function refuseThreshold({ id, metric, threshold, unit, badWhen }: Criterion): readonly string[] {
  if (!Number.isFinite(threshold)) return [`${id}: threshold ${threshold} is not a number`];
  if (!isBuiltInMetric(metric)) return [];
  if (threshold < 0) return [`${id}: threshold ${threshold} is not a number of 0 or more`];
  if (unit === 'ms') return threshold > 0 ? [] : [`${id}: a threshold of 0 ms is always exceeded`];
  if (threshold > 100) return [`${id}: threshold ${threshold} is above 100 %`];
  if (badWhen === 'below' && threshold > 0 && threshold <= 1) {
    return [
      `${id}: threshold ${threshold} is read as percent: write ${formatDecimal(threshold * 100, 4)}`,
    ];
  }
  return [];
}

/** Percent above (or, negative, below) stable. */
function refuseRelativeThreshold(criterion: Criterion): readonly string[] {
  const { id, metric, threshold, unit, badWhen } = criterion;
  if (unit !== 'percent')
    return [`${id}: what is relative to stable is in percent, not in ${unit}`];
  if (!Number.isFinite(threshold)) return [`${id}: threshold ${threshold} is not a number`];
  if (badWhen === 'above' ? threshold < 0 : threshold > 0) {
    return [
      `${id}: with threshold ${threshold} a candidate that does as well as stable is beyond the limit: write ${-threshold}`,
    ];
  }
  if (isBuiltInMetric(metric) && threshold <= -100)
    return [`${id}: threshold ${threshold} is never reached: nothing falls by more than all of it`];
  return [];
}

function refuseDirection({ id, metric, badWhen }: Criterion): readonly string[] {
  if (!isBuiltInMetric(metric)) return [];
  const definition = METRICS[metric];
  if (badWhen === definition.badWhen) return [];
  return [`${id}: ${metric} is bad when it is ${definition.badWhen} its threshold, not ${badWhen}`];
}
