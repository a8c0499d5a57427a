import { formatDuration } from '../format/duration';
import { formatPercent } from '../format/percent';
import type { ArmWindow } from '../analysis/window';
import type { RollbackValidation } from './rollback-analysis';

export interface StableLook {
  readonly windowMs: number;
  /** Stable's windows since the way back; before it, as the evidence has them. */
  readonly after: readonly ArmWindow[];
  readonly earlier: readonly ArmWindow[];
  readonly healthy: number;
  readonly wanted: number;
}

/** How far above its own rate of before, in standard deviations of a binomial count, is still the same rate. */
const DEVIATIONS = 3;

/** Whether what serves again is well: healthy, and within its own error rate of before. */
export function validateStable(look: StableLook): RollbackValidation {
  const after = totalsOf(look.after);
  const earlier = totalsOf(look.earlier);
  const rates = { errorRate: rateOf(after), earlierErrorRate: rateOf(earlier) };
  const seen = { windowMs: look.windowMs, ...rates };
  if (look.healthy < look.wanted) {
    const sentence = `${look.healthy} of ${look.wanted} instances of stable are healthy.`;
    return { verdict: 'unhealthy', sentence, ...seen };
  }
  const over = formatDuration(look.windowMs);
  if (after.requests === 0) {
    const sentence = `Stable is healthy; no request came in ${over}, so that nothing is known about its errors.`;
    return { verdict: 'no-data', sentence, ...seen };
  }
  const rate = formatPercent(rates.errorRate ?? 0);
  const count = `${after.errors} of ${after.requests} requests failed in ${over} (${rate})`;
  if (isWithin(after, earlier)) {
    const before =
      earlier.requests === 0 ? '' : `, ${formatPercent(rates.earlierErrorRate ?? 0)} before`;
    return { verdict: 'well', sentence: `Stable is healthy; ${count}${before}.`, ...seen };
  }
  const before = formatPercent(rates.earlierErrorRate ?? 0);
  return {
    verdict: 'worse',
    sentence: `Stable fails more often than before the rollout: ${count}, ${before} before.`,
    ...seen,
  };
}

interface Totals {
  readonly requests: number;
  readonly errors: number;
}

function totalsOf(windows: readonly ArmWindow[]): Totals {
  return windows.reduce(
    (sum, window) => ({
      requests: sum.requests + window.requests,
      errors: sum.errors + window.errors,
    }),
    { requests: 0, errors: 0 },
  );
}

function rateOf({ requests, errors }: Totals): number | null {
  return requests === 0 ? null : (100 * errors) / requests;
}

/** Add-one estimates of the earlier rate, so that a spotless past does not make one error an alarm. */
function isWithin(after: Totals, earlier: Totals): boolean {
  const expected = (earlier.errors + 1) / (earlier.requests + 2);
  if (earlier.requests === 0) return after.errors === 0;
  const deviation = Math.sqrt((expected * (1 - expected)) / after.requests);
  return after.errors / after.requests <= expected + DEVIATIONS * deviation;
}
