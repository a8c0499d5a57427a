import { isMetricName, METRICS } from '../domain/analysis/criterion';
import type { Criterion, MetricName } from '../domain/analysis/criterion';
import { SPECIFICATION_CRITERIA } from './defaults';
import type { CriterionBlock, CriteriaBlock } from './schema/criteria';
import { secondsToMs } from './units';

export interface CriteriaReading {
  readonly criteria: readonly Criterion[];
  /** The criteria that nobody can measure yet, and what else a reader should know. */
  readonly notes: readonly string[];
}

/** `automatic` criteria roll back, `manual` ones ask a person. Without a block: the specification's automatic ones. */
export function readCriteria(block: CriteriaBlock | undefined): CriteriaReading {
  const { automatic = [], manual = [] } = block ?? defaultCriteria();
  const readings = [
    ...automatic.map((criterion) => readOne(criterion, 'automatic')),
    ...manual.map((criterion) => readOne(criterion, 'manual')),
  ];
  return {
    criteria: withUniqueIds(readings.flatMap(({ criterion }) => criterion ?? [])),
    notes: readings.flatMap(({ note }) => note ?? []),
  };
}

function defaultCriteria(): CriteriaBlock {
  return { automatic: [...SPECIFICATION_CRITERIA.automatic] };
}

type Group = 'automatic' | 'manual';

function readOne(block: CriterionBlock, group: Group): { criterion?: Criterion; note?: string } {
  const { metric, threshold } = block;
  if (!isMetricName(metric)) {
    return {
      note: `\`rollbackCriteria.${group}\`: \`${metric}\` has no source yet, so this criterion is ignored.`,
    };
  }
  const criterion = criterionOf(block, metric, group);
  if (metric !== 'error_rate' || threshold === 0 || threshold >= 1) return { criterion };
  return {
    criterion,
    note: `\`rollbackCriteria.${group}\`: the \`error_rate\` threshold ${threshold} is read as ${threshold} percent.`,
  };
}

function criterionOf(block: CriterionBlock, metric: MetricName, group: Group): Criterion {
  const { threshold } = block;
  return {
    id: `${group}/${metric}`,
    metric,
    threshold,
    badWhen: METRICS[metric].badWhen,
    durationMs: secondsToMs(block.duration),
    severity: block.severity ?? (group === 'automatic' ? 'critical' : 'high'),
    action: group === 'automatic' ? 'rollback' : 'ask',
    minimumSamples: block.minimumSamples ?? minimumSamples(metric, threshold),
    alsoWhenBaselineBreaches: block.alsoWhenBaselineBreaches ?? false,
  };
}

const LEAST_REQUESTS = 20;
const MOST_REQUESTS = 1_000;
const LEAST_HEALTH_CHECKS = 3;

/** So many that a single failed or slow request is never a breach by itself. */
export function minimumSamples(metric: MetricName, threshold: number): number {
  if (METRICS[metric].needs === 'healthChecks') return LEAST_HEALTH_CHECKS;
  const allowed = allowedPercent(metric, threshold);
  if (allowed <= 0) return LEAST_REQUESTS;
  const needed = Math.ceil(Number((100 / allowed).toPrecision(12)));
  return Math.min(MOST_REQUESTS, Math.max(LEAST_REQUESTS, needed));
}

/** How many percent of the requests may be bad while the criterion holds. */
function allowedPercent(metric: MetricName, threshold: number): number {
  switch (metric) {
    case 'error_rate':
      return threshold;
    case 'success_rate':
    case 'availability':
      return 100 - threshold;
    case 'response_time_p50':
      return 50;
    case 'response_time_p95':
      return 5;
    case 'response_time_p99':
      return 1;
  }
}

function withUniqueIds(criteria: readonly Criterion[]): Criterion[] {
  return criteria.map((criterion, index) => {
    const before = criteria.slice(0, index).filter(({ id }) => id === criterion.id).length;
    return before === 0 ? criterion : { ...criterion, id: `${criterion.id}-${before + 1}` };
  });
}
