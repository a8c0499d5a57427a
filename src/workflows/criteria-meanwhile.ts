import type { Criterion } from '../domain/analysis/criterion';
import type { Deployment } from './deployment';

/**
 * What is watched while a person is waited for, or instances start: only guards end such a watch. The questions are watched on all
 * the same: a judge remembers no further back than its criteria look, and they look back over what happened meanwhile.
 */
export function criteriaMeanwhile({ planned }: Deployment): readonly Criterion[] {
  const criteria = planned?.plan.criteria.map(({ criterion }) => criterion) ?? [];
  return criteria.map((one) => (one.action === 'ask' ? { ...one, action: 'hold' } : one));
}
