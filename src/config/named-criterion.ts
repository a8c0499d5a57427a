import type { Criterion, NamedMetric } from '../domain/analysis/criterion';
import type { MetricMeaning, SourceSpec } from '../domain/monitoring/source-spec';
import { comparisonOf } from './criterion-meaning';
import { minimumNamedSamples } from './minimum-samples';
import type { CriterionBlock } from './schema/criteria';

/** What a criterion over a metric of the user's own means. */
export type NamedMeaning = Pick<
  Criterion,
  'metric' | 'unit' | 'badWhen' | 'comparison' | 'source' | 'minimumSamples'
>;

/** Direction, unit and source by the source that sees the metric; null: none does. */
export function readNamed(
  block: CriterionBlock,
  metric: NamedMetric,
  sources: readonly SourceSpec[],
): NamedMeaning | null {
  const source = sources.find(({ metrics }) => Object.hasOwn(metrics, metric));
  const seen = source?.metrics[metric];
  if (source === undefined || seen === undefined) return null;
  const comparison = comparisonOf(metric, block.comparison);
  const badWhen = block.badWhen ?? directionOf(block, comparison) ?? seen.badWhen;
  const rule = { threshold: block.threshold, badWhen, comparison };
  return {
    metric,
    unit: comparison === 'absolute' ? seen.unit : 'percent',
    badWhen,
    comparison,
    source: source.name,
    minimumSamples: block.minimumSamples ?? minimumNamedSamples(isShare(seen), rule),
  };
}

/** A change against stable is bad on the side of its threshold. */
function directionOf(
  { threshold }: CriterionBlock,
  comparison: Criterion['comparison'],
): Criterion['badWhen'] | null {
  if (comparison === 'absolute' || threshold === 0) return null;
  return threshold < 0 ? 'below' : 'above';
}

function isShare(seen: MetricMeaning & { readonly form?: 'ratio' | 'value' }): boolean {
  return seen.form === undefined ? seen.unit === 'percent' : seen.form === 'ratio';
}
