import { isBuiltInMetric, METRICS, type Criterion } from '../domain/analysis/criterion';
import type { Evidence } from '../domain/analysis/verdict';

/** The limits of a running deployment, as its verdict names them; those whose meaning it does not tell are left out. */
export function criteriaOfEvidence(evidence: readonly Evidence[]): readonly Criterion[] {
  return evidence.flatMap((one) => {
    const meaning = meaningOf(one);
    return meaning === null ? [] : criterionOf(one, meaning);
  });
}

type Meaning = Pick<Criterion, 'unit' | 'badWhen' | 'comparison'>;

function meaningOf({ metric, unit, comparison, threshold }: Evidence): Meaning | null {
  if (isBuiltInMetric(metric)) return { comparison: 'absolute', ...METRICS[metric] };
  if (unit === undefined || comparison === undefined) return null;
  // Of a metric with a name of its own, only what is relative tells the direction.
  if (comparison === 'absolute') return null;
  return { unit, comparison, badWhen: threshold < 0 ? 'below' : 'above' };
}

function criterionOf(evidence: Evidence, { unit, badWhen, comparison }: Meaning): Criterion {
  const { criterion, metric, threshold, durationMs, source } = evidence;
  return {
    id: criterion,
    ...{ metric, threshold, durationMs, unit, badWhen, comparison },
    source: source ?? null,
    severity: 'high',
    action: criterion.startsWith('manual/') ? 'ask' : 'rollback',
    minimumSamples: 0,
    alsoWhenBaselineBreaches: false,
  };
}
