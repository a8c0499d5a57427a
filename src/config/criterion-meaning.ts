import { isBuiltInMetric, type Criterion } from '../domain/analysis/criterion';
import type { Mistake } from './schema/words';
import { msToSeconds, secondsToMs } from './units';

/** What the file calls `relative`; a figure of the business is, unless the file says otherwise. */
export function comparisonOf(
  metric: string,
  said: 'absolute' | 'relative' | undefined,
): Criterion['comparison'] {
  const isBusiness = !isBuiltInMetric(metric) && metric.startsWith('business_metric_');
  const word = said ?? (isBusiness ? 'relative' : 'absolute');
  return word === 'relative' ? 'relative-to-stable' : 'absolute';
}

interface Sight {
  readonly resolutionMs: number;
  readonly lagMs: number;
}

/** The problem, with the arithmetic, when a duration in seconds is shorter than its source can see; null: it is not. */
export function unseenDuration(
  duration: number,
  { resolutionMs, lagMs }: Sight,
  who: string,
): Required<Mistake> | null {
  const leastMs = resolutionMs + lagMs;
  if (secondsToMs(duration) >= leastMs) return null;
  const [resolution, lag, least] = [resolutionMs, lagMs, leastMs].map(msToSeconds);
  return {
    message: `is ${duration} s, shorter than ${who} can see: ${resolution} s resolution + ${lag} s lag = ${least} s`,
    params: { suggestion: `Write at least \`${least}\`.` },
  };
}
