import { z } from 'zod';
import { urlPath } from './service';

/** Requests that no user sends. */
export const probeBlock = z.strictObject({
  path: urlPath,
  perSecond: z.number().min(0.1).max(50).optional(),
});

export type ProbeBlock = z.infer<typeof probeBlock>;

/** What follows when too little was seen to judge. */
export const noDataWord = z.enum(['ask', 'rollback']);

/** The specification's four switches. */
export const switchesBlock = z.strictObject({
  healthChecks: z.boolean().optional(),
  performanceValidation: z.boolean().optional(),
  businessMetrics: z.boolean().optional(),
  alerting: z.boolean().optional(),
});

export type SwitchesBlock = z.infer<typeof switchesBlock>;
