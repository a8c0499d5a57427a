import { isBuiltInMetric, type Criterion } from './criterion';
import type { Measurement } from './measurement';

const FAR = 2;
const STANDARD_ERRORS = 3;

/**
 * Whether an incident that both share does not explain the candidate: it is more than twice as bad as stable, by more than the
 * limit allows on its own, and by more than chance gives. Where stable fails at 6 % against a limit of 5 %, a candidate that
 * fails at 100 % is no victim. Of metrics of the user nobody knows what twice as bad is: never.
 */
export function isFarWorse(
  {
    metric,
    badWhen,
    threshold,
    unit,
  }: Pick<Criterion, 'metric' | 'badWhen' | 'threshold' | 'unit'>,
  candidate: Measurement,
  stable: Measurement,
): boolean {
  if (!isBuiltInMetric(metric) || candidate.value === null || stable.value === null) return false;
  if (unit === 'ms')
    return candidate.value > FAR * stable.value && candidate.value - stable.value > threshold;
  const failing = (percent: number): number => (badWhen === 'above' ? percent : 100 - percent);
  const [now, usual] = [failing(candidate.value), failing(stable.value)];
  const chance = chanceOf(
    { percent: now, samples: candidate.samples },
    { percent: usual, samples: stable.samples },
  );
  return now > FAR * usual && now - usual > failing(threshold) + chance;
}

interface Share {
  readonly percent: number;
  readonly samples: number;
}

/** How far two shares of the same truth may lie apart, in percentage points: three standard errors of their difference. */
function chanceOf(one: Share, other: Share): number {
  const all = one.samples + other.samples;
  if (one.samples === 0 || other.samples === 0) return 100;
  const pooled = (one.percent * one.samples + other.percent * other.samples) / all / 100;
  const spread = pooled * (1 - pooled) * (1 / one.samples + 1 / other.samples);
  return STANDARD_ERRORS * 100 * Math.sqrt(Math.max(0, spread));
}
