import { isBeyond } from '../analysis/measurement';
import type { Measurement } from '../analysis/measurement';
import type { MonitorLimit } from './monitor-limit';
import { compareSeverity } from '../checks/severity';

/** One metric of one revision. */
export interface Sight extends Measurement {
  /** Failed requests or checks behind the value; absent: the metric has none. */
  readonly events?: number;
  /** Where plain comparison of the value is not the rule. */
  readonly isBeyond?: (threshold: number) => boolean;
}

/** `shared`: stable does no better within chance. */
export type Weighed =
  { readonly state: 'clear' } | { readonly state: 'shared' | 'held'; readonly limit: MonitorLimit };

/**
 * The worst limit that is held against the candidate, else the worst that is not, else nothing. Where stable is beyond a limit
 * too, or its own usual rate and chance explain that the candidate is, no good release is blamed: unless the candidate is far
 * worse, or the criterion says that it counts all the same.
 */
export function weighLimits(weighing: {
  readonly limits: readonly MonitorLimit[];
  readonly candidate: Sight;
  /** Null: there is nothing to compare with. */
  readonly stable: Sight | null;
  /** The candidate is far worse than stable: then no trouble is shared. */
  readonly isFarWorse: boolean;
  /** Whether chance explains that the candidate is beyond it where stable is not. Absent: it never does. */
  readonly isChance?: (limit: MonitorLimit) => boolean;
}): Weighed {
  const { candidate, stable, isFarWorse, isChance = () => false } = weighing;
  const exceeded = weighing.limits
    .filter((limit) => exceeds(candidate, limit))
    .toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const isShared = (limit: MonitorLimit): boolean =>
    !limit.alsoWhenBaselineBreaches &&
    !isFarWorse &&
    stable !== null &&
    (exceeds(stable, limit) || isChance(limit));
  const held = exceeded.find((limit) => !isShared(limit));
  if (held !== undefined) return { state: 'held', limit: held };
  return exceeded[0] === undefined ? { state: 'clear' } : { state: 'shared', limit: exceeded[0] };
}

function exceeds(sight: Sight, limit: MonitorLimit): boolean {
  const { value, samples, events = limit.fewestEvents } = sight;
  if (value === null || samples < limit.minimumSamples || events < limit.fewestEvents) return false;
  return sight.isBeyond?.(limit.threshold) ?? isBeyond(limit, value);
}
