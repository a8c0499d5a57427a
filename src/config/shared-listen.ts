import { z } from 'zod';
import type { Explanation } from './explain-issue';

/** What this rule looks at, and nothing else: whatever else is wrong in the file, it still speaks. */
const port = z.int().optional().catch(undefined);
const environment = z.looseObject({ name: z.string().catch('?'), listen: port });
const ports = z.object({
  listen: port,
  deploymentPipeline: z.object({
    deployment: z.object({ environments: z.array(environment) }),
  }),
});

/**
 * Two environments on one port cannot both be up. Where neither sets its own `listen` this is only noted: the
 * specification's blocks name two environments and no port at all.
 */
export function sharedListens(file: unknown): readonly Explanation[] {
  const seen = ports.safeParse(file);
  if (!seen.success) return [];
  const { environments } = seen.data.deploymentPipeline.deployment;
  return environments.flatMap((one, index) => {
    const portOf = ({ listen = seen.data.listen }: Environment) => listen;
    const other = environments.slice(0, index).find((before) => portOf(before) === portOf(one));
    const shared = portOf(one);
    if (shared === undefined || other === undefined) return [];
    if (one.listen === undefined && other.listen === undefined) return [];
    const place = ['deploymentPipeline', 'deployment', 'environments', index];
    return {
      path: one.listen === undefined ? place : [...place, 'listen'],
      part: 'value',
      rule: `gives "${one.name}" the port ${shared}, which "${other.name}" has`,
      suggestion: `Give one of the two a \`listen\` of its own, such as \`${shared + 1}\`.`,
    };
  });
}

type Environment = z.infer<typeof environment>;
