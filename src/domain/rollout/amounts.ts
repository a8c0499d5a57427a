import type { Amount, RollingConfig } from './strategy';

/** Instances, whole. At least one of the two is above 0. */
export interface RollingBounds {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * A percentage of surge rounds up, one of unavailable down. Where both come to nothing, one instance may be unavailable:
 * without surge there is no other way to replace anything.
 */
export function rollingBounds(
  { maxSurge, maxUnavailable }: Pick<RollingConfig, 'maxSurge' | 'maxUnavailable'>,
  instances: number,
): RollingBounds {
  const surge = Math.ceil(partOf(maxSurge, instances));
  const unavailable = Math.floor(partOf(maxUnavailable, instances));
  return surge === 0 && unavailable === 0 ? { surge: 0, unavailable: 1 } : { surge, unavailable };
}

/** Says exactly nothing, whatever the fleet's size. */
export function isZero(amount: Amount): boolean {
  return amount.unit === 'count' ? amount.count === 0 : amount.percent === 0;
}

/** `2`, `25 %`. */
export function amountText(amount: Amount): string {
  return amount.unit === 'count' ? String(amount.count) : `${amount.percent} %`;
}

function partOf(amount: Amount, instances: number): number {
  return amount.unit === 'count' ? amount.count : (instances * amount.percent) / 100;
}
