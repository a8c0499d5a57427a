import type { Criterion, MetricName } from '../../../../domain/analysis/criterion';
import { formatSeconds } from '../../../../domain/format/duration';
import { thresholdOf, type PerformanceThresholds } from '../../../../domain/monitoring/performance';
import type { ChartLimit, ChartLine, ChartUnit, LimitPlace } from './chart';
import { valueWords } from './value-words';

export interface LimitInput {
  readonly criteria: readonly Criterion[];
  readonly thresholds: PerformanceThresholds | null;
  /** The chart's own: what a limit relative to stable follows. */
  readonly lines: readonly ChartLine[];
}

/** The limits that belong into the chart of a metric, those of the criteria first. */
export function limitsOf(metric: MetricName, input: LimitInput): readonly ChartLimit[] {
  return [
    ...input.criteria.flatMap((criterion) => criterionLimit(metric, criterion, input.lines)),
    ...validationLimit(metric, input.thresholds),
  ];
}

function criterionLimit(
  metric: MetricName,
  criterion: Criterion,
  lines: readonly ChartLine[],
): readonly ChartLimit[] {
  const isMirrored = metric === 'error_rate' && criterion.metric === 'success_rate';
  if (criterion.metric !== metric && !isMirrored) return [];
  const { comparison, durationMs, action, unit } = criterion;
  const threshold = isMirrored ? 100 - criterion.threshold : criterion.threshold;
  const figure =
    comparison === 'absolute'
      ? valueWords(threshold, unit)
      : `stable ${threshold < 0 ? '−' : '+'} ${valueWords(Math.abs(threshold), 'percent')}`;
  return [
    {
      label: `limit ${figure} over ${formatSeconds(durationMs)}, ${ACTIONS[action]}`,
      badWhen: isMirrored ? 'above' : criterion.badWhen,
      kind: action === 'rollback' ? 'rollback' : 'ask',
      at: comparison === 'absolute' ? { kind: 'level', value: threshold } : curve(threshold, lines),
    },
  ];
}

const ACTIONS: Readonly<Record<Criterion['action'], string>> = {
  rollback: 'rolls back',
  ask: 'asks a person',
  hold: 'holds the step',
};

function curve(percent: number, lines: readonly ChartLine[]): LimitPlace {
  const stable = lines.find(({ name }) => name === 'stable')?.points ?? [];
  const factor = 1 + percent / 100;
  const points = stable.map((point) => ({
    ...point,
    value: point.value === null ? null : point.value * factor,
  }));
  return { kind: 'curve', points };
}

function validationLimit(
  metric: MetricName,
  thresholds: PerformanceThresholds | null,
): readonly ChartLimit[] {
  const found = thresholds === null ? null : thresholdOf(thresholds, metric);
  if (found === null) return [];
  const unit: ChartUnit = metric.startsWith('response') ? 'ms' : 'percent';
  return [
    {
      label: `validation ${valueWords(found, unit)}`,
      badWhen: metric === 'availability' ? 'below' : 'above',
      kind: 'validation',
      at: { kind: 'level', value: found },
    },
  ];
}
