import { z } from 'zod';
import { isBuiltInMetric } from '../../domain/analysis/criterion';
import { address, secretName } from './address';
import { sourceIssues, twinIssues } from './metric-source-issues';
import { name, text } from './words';

const query = text.max(4_096);

const metric = z.strictObject({
  events: query.optional(),
  of: query.optional(),
  value: query.optional(),
  unit: z.enum(['percent', 'ms', 'number']).optional(),
  badWhen: z.enum(['above', 'below']).optional(),
});

export type MetricBlock = z.infer<typeof metric>;

const METRIC_NAME = /^(business_metric|custom)_[A-Za-z0-9_]{1,80}$/;

const metrics = z.record(text, metric).superRefine((block, context) => {
  const names = Object.keys(block);
  if (names.length === 0) context.addIssue({ code: 'custom', message: 'must not be empty' });
  for (const key of names.filter((one) => !METRIC_NAME.test(one))) {
    context.addIssue({ code: 'custom', path: [key], ...nameIssue(key) });
  }
});

const source = z
  .strictObject({
    name: name.optional(),
    prometheus: address({ query: false, secretKey: 'bearerSecret' }).optional(),
    http: address({ query: true, secretKey: 'bearerSecret' }).optional(),
    resolution: z.number().min(1).max(3_600).optional(),
    lag: z.number().min(0).max(3_600).optional(),
    timeout: z.number().min(0.1).max(60).optional(),
    bearerSecret: secretName.optional(),
    metrics,
  })
  .superRefine((block, context) => {
    for (const issue of sourceIssues(block)) context.addIssue({ code: 'custom', ...issue });
  });

/** Where metrics come from that the target does not count. */
export const metricSources = z
  .array(source)
  .max(10)
  .superRefine((all, context) => {
    for (const issue of twinIssues(all)) context.addIssue({ code: 'custom', ...issue });
  });

export type SourceBlock = z.infer<typeof source>;

function nameIssue(key: string) {
  if (isBuiltInMetric(key)) {
    return {
      message: 'is counted by Belay itself',
      params: { suggestion: `Give it a name of your own, such as \`custom_${key}\`.` },
    };
  }
  const plain = key.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 40);
  return {
    message:
      'must begin with `business_metric_` or `custom_` and go on with letters, digits and underscores',
    params: { suggestion: `Write \`custom_${plain}\`.` },
  };
}
