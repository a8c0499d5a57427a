import { z } from 'zod';
import { refuseUnseenDuration } from './criteria';
import { count, percent, seconds } from './words';

const watch = { longest: seconds.optional(), requests: z.int().min(0).optional() };

/** The limits of a watch: `least` is needed. */
export const bakeLimits = z
  .strictObject({ least: seconds, ...watch })
  .superRefine(refuseEndlessWatch);

export type BakeBlock = z.infer<typeof bakeLimits> | number;

const canaryStep = z.strictObject({
  weight: z.int().min(1).max(100),
  bake: z.union([seconds, bakeLimits]),
});

/** The watch at 100 %: like a bake, with every key optional. */
export const verifyBlock = z
  .strictObject({ least: seconds.optional(), ...watch })
  .superRefine(refuseEndlessWatch);

const OWN_KEYS = ['steps'] as const;
const SPECIFICATION_KEYS = [
  'preset',
  'initialTraffic',
  'incrementStep',
  'maxTraffic',
  'evaluationPeriod',
  'successThreshold',
] as const;

/** Our steps, or the specification's loop; never both. */
export const canaryBlock = z
  .strictObject({
    steps: z.array(canaryStep).min(1).max(50).superRefine(refuseFallingWeights).optional(),
    preset: z.enum(['seed']).optional(),
    initialTraffic: z.int().min(1).max(100).optional(),
    incrementStep: count.max(100).optional(),
    maxTraffic: z.int().min(1).max(100).optional(),
    evaluationPeriod: seconds.superRefine(refuseUnseenDuration).optional(),
    successThreshold: percent.optional(),
  })
  .superRefine((block, context) => {
    const own = OWN_KEYS.find((key) => block[key] !== undefined);
    const specified = SPECIFICATION_KEYS.find((key) => block[key] !== undefined);
    if (own === undefined || specified === undefined) return;
    context.addIssue({
      code: 'custom',
      path: [specified],
      message: 'cannot stand beside `steps`: they are two ways to say the same',
      params: { suggestion: `Keep \`steps\`, or remove it and keep \`${specified}\`.` },
    });
  })
  .superRefine(({ initialTraffic, maxTraffic }, context) => {
    if (initialTraffic === undefined || maxTraffic === undefined) return;
    if (initialTraffic <= maxTraffic) return;
    context.addIssue({
      code: 'custom',
      path: ['initialTraffic'],
      message: `is above \`maxTraffic\` (${initialTraffic} > ${maxTraffic})`,
    });
  });

export type CanaryBlock = z.infer<typeof canaryBlock>;
export type VerifyBlock = z.infer<typeof verifyBlock>;

function refuseFallingWeights(
  steps: readonly { readonly weight: number }[],
  context: z.RefinementCtx,
): void {
  steps.forEach(({ weight }, index) => {
    const before = steps[index - 1]?.weight;
    if (before === undefined || weight > before) return;
    context.addIssue({
      code: 'custom',
      path: [index, 'weight'],
      message: `does not rise: ${weight} after ${before}`,
      params: { suggestion: 'Each step gives the new revision more traffic than the one before.' },
    });
  });
}

function refuseEndlessWatch(
  {
    least,
    longest,
  }: { readonly least?: number | undefined; readonly longest?: number | undefined },
  context: z.RefinementCtx,
): void {
  if (least === undefined || longest === undefined || longest >= least) return;
  context.addIssue({
    code: 'custom',
    path: ['longest'],
    message: `is shorter than \`least\` (${longest} < ${least} seconds), so the watch could never end well`,
    params: {
      suggestion: `Leave it out for ${3 * least} (3 × least), or write at least \`${least}\`.`,
    },
  });
}
