import type { InstanceState } from '../../../src/domain/target-state';
import type { Amount, RollingConfig } from '../../../src/domain/rollout/strategy';
import type { Scenario } from './scenario';

/** What a rolling rollout may take up, forward and back: written again here, apart from the code under test. */
export interface InstanceBounds {
  readonly most: number;
  readonly leastAvailable: number;
}

/** Null where the strategy bounds nothing, or an earlier run had left the target in between. */
export function boundsOf({
  strategy,
  before,
  instances,
  stableInstances,
}: Scenario): InstanceBounds | null {
  if (strategy.kind !== 'rolling' || (before !== 'serving' && before !== 'warm')) return null;
  const { surge, unavailable } = roundedOf(strategy, instances);
  return {
    most: Math.max(instances, stableInstances) + surge,
    leastAvailable: Math.min(instances, stableInstances) - unavailable,
  };
}

/**
 * What is wrong with what stands at this moment; null: nothing. `ours`: the two revisions of the rollout; `serving`: they
 * and whatever else has traffic.
 */
export function boundsProblem(
  { most, leastAvailable }: InstanceBounds,
  { ours, serving }: Readonly<Record<'ours' | 'serving', readonly InstanceState[]>>,
  hasLost: boolean,
): string | null {
  const living = ours.filter(({ health }) => health !== 'crashed').length;
  if (living > most) return `${living} instances, at most ${most}`;
  // What dies by itself is nobody's batch.
  if (hasLost) return null;
  const available = serving.filter(({ health }) => health === 'healthy').length;
  return available < leastAvailable ? `${available} can serve, at least ${leastAvailable}` : null;
}

function roundedOf(
  { maxSurge, maxUnavailable }: RollingConfig,
  instances: number,
): { readonly surge: number; readonly unavailable: number } {
  const exact = (amount: Amount): number =>
    amount.unit === 'count' ? amount.count : (amount.percent / 100) * instances;
  // 0.07 × 100 is 7.000000000000001.
  const surge = Math.ceil(exact(maxSurge) - 1e-9);
  const unavailable = Math.floor(exact(maxUnavailable) + 1e-9);
  return { surge, unavailable: surge === 0 ? Math.max(1, unavailable) : unavailable };
}
