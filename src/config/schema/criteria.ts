import { z } from 'zod';
import { isBuiltInMetric, isNamedMetric, METRICS } from '../../domain/analysis/criterion';
import type { BuiltInMetric } from '../../domain/analysis/criterion';
import { LOCAL_TARGET } from '../../domain/targets/local';
import { comparisonOf, unseenDuration } from '../criterion-meaning';
import { relativeIssue } from './relative-threshold';
import { percentIssue, seconds, text } from './words';
import type { Mistake } from './words';

const criterion = z
  .strictObject({
    metric: text,
    threshold: z.number(),
    duration: seconds,
    severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
    comparison: z.enum(['absolute', 'relative']).optional(),
    badWhen: z.enum(['above', 'below']).optional(),
    minimumSamples: z.int().min(1).optional(),
    alsoWhenBaselineBreaches: z.boolean().optional(),
  })
  .superRefine((block, context) => {
    for (const issue of [...durationIssues(block), ...thresholdIssues(block)]) {
      context.addIssue({ code: 'custom', ...issue });
    }
  });

export const criteriaBlock = z.strictObject({
  automatic: z.array(criterion).optional(),
  manual: z.array(criterion).optional(),
});

export type CriterionBlock = z.infer<typeof criterion>;
export type CriteriaBlock = z.infer<typeof criteriaBlock>;

/** Adds the problem, with the arithmetic, when a duration is shorter than the target's metrics can resolve. */
export function refuseUnseenDuration(duration: number, context: z.RefinementCtx): void {
  const issue = unseenByTarget(duration);
  if (issue !== null) context.addIssue({ code: 'custom', ...issue });
}

type Placed = Mistake & { readonly path: string[] };
type Rule = Pick<CriterionBlock, 'metric' | 'threshold' | 'duration' | 'comparison' | 'badWhen'>;

/** What another source sees depends on the source: `criteriaMetrics` holds it against that. */
function durationIssues({ metric, duration }: Rule): readonly Placed[] {
  return isBuiltInMetric(metric) ? placed('duration', unseenByTarget(duration)) : [];
}

function unseenByTarget(duration: number): Mistake | null {
  return unseenDuration(duration, LOCAL_TARGET, `the ${LOCAL_TARGET.kind} target's metrics`);
}

function thresholdIssues(block: Rule): readonly Placed[] {
  const { metric, threshold, badWhen } = block;
  if (isBuiltInMetric(metric)) return builtInIssues(block, metric);
  if (!isNamedMetric(metric) || !isRelative(block)) return [];
  return placed('threshold', relativeIssue(threshold, badWhen));
}

function builtInIssues(block: Rule, metric: BuiltInMetric): readonly Placed[] {
  const { badWhen } = METRICS[metric];
  if (block.badWhen !== undefined && block.badWhen !== badWhen) {
    return placed('badWhen', fixedDirection(metric));
  }
  return placed('threshold', builtInThreshold(block, metric));
}

function builtInThreshold(block: Rule, metric: BuiltInMetric): Mistake | null {
  const { threshold } = block;
  if (!isRelative(block)) return thresholdIssue(metric, threshold);
  return threshold <= -100 ? NEVER : relativeIssue(threshold, METRICS[metric].badWhen);
}

/** A value of the user's own may be below zero. */
const NEVER: Mistake = {
  message: 'is a change against stable in percent, and nothing falls by more than 100 %',
  params: { suggestion: 'Write a fall above `-100`, such as `-10`.' },
};

function isRelative({ metric, comparison }: Rule): boolean {
  return comparisonOf(metric, comparison) === 'relative-to-stable';
}

function placed(key: string, issue: Mistake | null): readonly Placed[] {
  return issue === null ? [] : [{ ...issue, path: [key] }];
}

function fixedDirection(metric: BuiltInMetric): Mistake {
  const { badWhen } = METRICS[metric];
  return {
    message: `of \`${metric}\` is \`${badWhen}\`, whatever the file says`,
    params: { suggestion: 'Remove it.' },
  };
}

function thresholdIssue(metric: BuiltInMetric, threshold: number): Mistake | null {
  const { unit, badWhen } = METRICS[metric];
  if (unit === 'percent') return percentIssue(threshold, { mayBeSmall: badWhen === 'above' });
  return threshold > 0 ? null : { message: `of \`${metric}\` is in milliseconds, above zero` };
}
