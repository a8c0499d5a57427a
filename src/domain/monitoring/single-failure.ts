/**
 * From so many requests or health checks on, a single failure is within the limit; below that it can tell nothing, and
 * fails nobody. 0 where the limit allows no failure at all.
 */
export function fewestToTell(
  metric: 'error_rate' | 'availability',
  limitPercent: number | null,
): number {
  const allowed = metric === 'error_rate' ? (limitPercent ?? 100) : 100 - (limitPercent ?? 0);
  // Twelve digits: 100 − 99.9 is a little less than 0.1.
  return allowed <= 0 ? 0 : Math.ceil(Number((100 / allowed).toPrecision(12)));
}
