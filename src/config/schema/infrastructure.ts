import { z } from 'zod';
import { count, seconds, text } from './words';

const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const cidr = z.string().regex(CIDR, 'must be a network such as `10.0.0.0/16`');

const autoScaling = z
  .strictObject({ min: z.int().min(0), max: count, target_cpu: z.number().min(1).max(100) })
  .superRefine(({ min, max }, context) => {
    if (min <= max) return;
    context.addIssue({
      code: 'custom',
      path: ['min'],
      message: `is above \`max\` (${min} > ${max})`,
    });
  });

const ec2 = z.strictObject({
  type: z.literal('ec2'),
  instance_type: text,
  count,
  auto_scaling: autoScaling.optional(),
});

const ecs = z.strictObject({
  type: z.literal('ecs'),
  cluster_name: text,
  services: z.array(
    z.strictObject({ name: text, desired_count: z.int().min(0), cpu: count, memory: count }),
  ),
});

const networking = z.strictObject({
  vpc: z.strictObject({ cidr }).optional(),
  subnets: z.array(z.strictObject({ type: z.enum(['public', 'private']), cidr })).optional(),
  load_balancer: z
    .strictObject({
      type: text,
      scheme: z.enum(['internet-facing', 'internal']),
      health_check: z.strictObject({ path: text, interval: seconds }).optional(),
    })
    .optional(),
});

const storage = z.strictObject({
  database: z
    .strictObject({
      type: text,
      engine: text,
      instance_class: text,
      multi_az: z.boolean().optional(),
      backup_retention: z.int().min(0).optional(),
    })
    .optional(),
  cache: z.strictObject({ type: text, engine: text, node_type: text }).optional(),
});

/** The specification's block. Validated now, built by a later version. */
export const infrastructureBlock = z.strictObject({
  provider: z.enum(['aws', 'local']),
  region: text.optional(),
  compute: z.array(z.discriminatedUnion('type', [ec2, ecs])).optional(),
  networking: networking.optional(),
  storage: storage.optional(),
});
