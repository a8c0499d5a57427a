import { z } from 'zod';
import { amount, percentOf } from './amount';
import type { AmountBlock } from './amount';
import { bakeLimits } from './canary';
import { seconds } from './words';

/** Bounds of a rolling deployment, and the pause between two batches. */
export const rollingBlock = z
  .strictObject({
    maxSurge: amount.optional(),
    maxUnavailable: amount.optional(),
    pause: z.union([seconds, bakeLimits]).optional(),
  })
  .superRefine(({ maxSurge, maxUnavailable }, context) => {
    if (!isNothing(maxSurge) || !isNothing(maxUnavailable)) return;
    context.addIssue({
      code: 'custom',
      path: ['maxUnavailable'],
      message: 'is 0, and so is `maxSurge`: nothing could ever be replaced',
      params: { suggestion: 'Write `maxSurge: 1` to replace one instance at a time.' },
    });
  });

/** How the gap of a recreate deployment is bridged. */
export const recreateBlock = z.strictObject({
  queue: seconds.max(3_600).optional(),
  overlap: z.enum(['none', 'answers']).optional(),
});

export type RollingBlock = z.infer<typeof rollingBlock>;
export type RecreateBlock = z.infer<typeof recreateBlock>;

function isNothing(value: AmountBlock | undefined): boolean {
  return value === 0 || (value !== undefined && percentOf(value) === 0);
}
