import { z } from 'zod';
import { isMetricName, METRICS } from '../../domain/analysis/criterion';
import type { MetricName } from '../../domain/analysis/criterion';
import { LOCAL_TARGET } from '../../domain/targets/local';
import { nearestWord } from '../nearest-word';
import { msToSeconds, secondsToMs } from '../units';
import { percentIssue, seconds, text } from './words';
import type { Mistake } from './words';

const SOURCELESS_PREFIXES = ['business_metric_', 'custom_'] as const;

/** A metric that the specification or a user knows, and that no source of this version measures. */
export function hasNoSource(metric: string): boolean {
  return SOURCELESS_PREFIXES.some((prefix) => metric.startsWith(prefix));
}

const criterion = z
  .strictObject({
    metric: text.superRefine(refuseUnknownMetric),
    threshold: z.number(),
    duration: seconds.superRefine(refuseUnseenDuration),
    severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
    minimumSamples: z.int().min(1).optional(),
    alsoWhenBaselineBreaches: z.boolean().optional(),
  })
  .superRefine(({ metric, threshold }, context) => {
    if (!isMetricName(metric)) return;
    const issue = thresholdIssue(metric, threshold);
    if (issue) context.addIssue({ code: 'custom', path: ['threshold'], ...issue });
  });

export const criteriaBlock = z.strictObject({
  automatic: z.array(criterion).optional(),
  manual: z.array(criterion).optional(),
});

export type CriterionBlock = z.infer<typeof criterion>;
export type CriteriaBlock = z.infer<typeof criteriaBlock>;

function refuseUnknownMetric(metric: string, context: z.RefinementCtx): void {
  if (isMetricName(metric) || hasNoSource(metric)) return;
  const known = Object.keys(METRICS);
  const near = nearestWord(metric, known);
  context.addIssue({
    code: 'custom',
    message: `names no metric that Belay knows: \`${metric}\``,
    params: {
      suggestion:
        near === null
          ? `There are ${known.map((word) => `\`${word}\``).join(', ')}; a name of your own begins with \`custom_\`.`
          : `Did you mean \`${near}\`?`,
    },
  });
}

/** Adds the problem, with the arithmetic, when a duration is shorter than the target's metrics can resolve. */
export function refuseUnseenDuration(duration: number, context: z.RefinementCtx): void {
  const { kind, resolutionMs, lagMs } = LOCAL_TARGET;
  const leastMs = resolutionMs + lagMs;
  if (secondsToMs(duration) >= leastMs) return;
  const [resolution, lag, least] = [resolutionMs, lagMs, leastMs].map(msToSeconds);
  context.addIssue({
    code: 'custom',
    message:
      `is ${duration} s, shorter than the ${kind} target's metrics can see: ` +
      `${resolution} s resolution + ${lag} s lag = ${least} s`,
    params: { suggestion: `Write at least \`${least}\`.` },
  });
}

function thresholdIssue(metric: MetricName, threshold: number): Mistake | null {
  const { unit, badWhen } = METRICS[metric];
  if (unit === 'percent') return percentIssue(threshold, { mayBeSmall: badWhen === 'above' });
  return threshold > 0 ? null : { message: `of \`${metric}\` is in milliseconds, above zero` };
}
