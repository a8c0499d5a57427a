import { z } from 'zod';
import { count, percent, percentIssue } from './words';

/** Far above any answer that somebody waits for. */
const LONGEST_MS = 600_000;
const milliseconds = z.number().positive().max(LONGEST_MS);

const responseTime = z
  .strictObject({
    p50: milliseconds.optional(),
    p95: milliseconds.optional(),
    p99: milliseconds.optional(),
  })
  .superRefine(refuseFallingPercentiles);

const perMinute = z.number().positive();

const throughput = z
  .strictObject({ min: perMinute.optional(), target: perMinute.optional() })
  .superRefine(({ min, target }, context) => {
    if (min === undefined || target === undefined || target >= min) return;
    context.addIssue({
      code: 'custom',
      path: ['target'],
      message: `is below \`min\` (${target} < ${min} requests a minute)`,
    });
  });

const smallPercent = z.number().superRefine((value, context) => {
  const issue = percentIssue(value, { mayBeSmall: true });
  if (issue !== null) context.addIssue({ code: 'custom', ...issue });
});

/** The specification's performance thresholds, and over what they are held. */
export const performanceBlock = z.strictObject({
  apdexTarget: milliseconds.optional(),
  responseTime: responseTime.optional(),
  throughput: throughput.optional(),
  errorRate: z.strictObject({ max: smallPercent }).optional(),
  availability: z.strictObject({ min: percent }).optional(),
  window: z.number().min(60).max(86_400).optional(),
  requests: count.optional(),
});

export type PerformanceBlock = z.infer<typeof performanceBlock>;

function refuseFallingPercentiles(
  limits: Readonly<Partial<Record<'p50' | 'p95' | 'p99', number | undefined>>>,
  context: z.RefinementCtx,
): void {
  const named = (['p50', 'p95', 'p99'] as const).flatMap((key) => {
    const limit = limits[key];
    return limit === undefined ? [] : [{ key, limit }];
  });
  named.forEach(({ key, limit }, index) => {
    const before = named[index - 1];
    if (before === undefined || limit >= before.limit) return;
    context.addIssue({
      code: 'custom',
      path: [key],
      message: `is below \`${before.key}\` (${limit} < ${before.limit} ms), which can never be`,
    });
  });
}
