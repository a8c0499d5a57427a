import { isBuiltInMetric, isNamedMetric, METRICS } from '../domain/analysis/criterion';
import type { Criterion, BuiltInMetric } from '../domain/analysis/criterion';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import { comparisonOf } from './criterion-meaning';
import { SPECIFICATION_CRITERIA } from './defaults';
import { minimumSamples } from './minimum-samples';
import { readNamed } from './named-criterion';
import type { CriterionBlock, CriteriaBlock } from './schema/criteria';
import { secondsToMs } from './units';

export interface CriteriaReading {
  readonly criteria: readonly Criterion[];
  /** The criteria that no source sees, and what else a reader should know. */
  readonly notes: readonly string[];
}

/** `automatic` criteria roll back, `manual` ones ask a person. Without a block: the specification's automatic ones. */
export function readCriteria(
  block: CriteriaBlock | undefined,
  sources: readonly SourceSpec[] = [],
): CriteriaReading {
  const { automatic = [], manual = [] } = block ?? defaultCriteria();
  const readings = [
    ...automatic.map((criterion) => readOne(criterion, 'automatic', sources)),
    ...manual.map((criterion) => readOne(criterion, 'manual', sources)),
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

function readOne(
  block: CriterionBlock,
  group: Group,
  sources: readonly SourceSpec[],
): { criterion?: Criterion; note?: string } {
  const { metric, threshold } = block;
  const meaning = isBuiltInMetric(metric) ? builtIn(block, metric) : named(block, sources);
  if (meaning === null) return { note: sourceless(metric, group) };
  const criterion = { ...meaning, ...commonOf(block, group) };
  const isSmall = metric === 'error_rate' && threshold > 0 && threshold < 1;
  if (!isSmall || criterion.comparison !== 'absolute') return { criterion };
  return {
    criterion,
    note: `\`rollbackCriteria.${group}\`: the \`error_rate\` threshold ${threshold} is read as ${threshold} percent.`,
  };
}

function sourceless(metric: string, group: Group): string {
  const consequence =
    group === 'automatic' ? 'nothing is rolled back by it' : 'nobody is asked because of it';
  return (
    `\`rollbackCriteria.${group}\`: \`${metric}\` has no source, so this criterion is ignored and ${consequence}. ` +
    'Name one under `metricSources`.'
  );
}

type Meaning = Omit<Criterion, keyof ReturnType<typeof commonOf>>;

function builtIn(block: CriterionBlock, metric: BuiltInMetric): Meaning {
  const { threshold } = block;
  const comparison = comparisonOf(metric, block.comparison);
  const { unit, badWhen } = METRICS[metric];
  return {
    metric,
    unit: comparison === 'absolute' ? unit : 'percent',
    badWhen,
    comparison,
    source: null,
    minimumSamples: block.minimumSamples ?? minimumSamples(metric, threshold, comparison),
  };
}

function named(block: CriterionBlock, sources: readonly SourceSpec[]): Meaning | null {
  const { metric } = block;
  return isNamedMetric(metric) ? readNamed(block, metric, sources) : null;
}

function commonOf(block: CriterionBlock, group: Group) {
  return {
    id: `${group}/${block.metric}`,
    threshold: block.threshold,
    durationMs: secondsToMs(block.duration),
    severity: block.severity ?? (group === 'automatic' ? 'critical' : 'high'),
    action: group === 'automatic' ? 'rollback' : 'ask',
    alsoWhenBaselineBreaches: block.alsoWhenBaselineBreaches ?? false,
  } satisfies Partial<Criterion>;
}

function withUniqueIds(criteria: readonly Criterion[]): Criterion[] {
  return criteria.map((criterion, index) => {
    const before = criteria.slice(0, index).filter(({ id }) => id === criterion.id).length;
    return before === 0 ? criterion : { ...criterion, id: `${criterion.id}-${before + 1}` };
  });
}
