import { z } from 'zod';
import { DEFAULTS } from './defaults';
import type { Explanation } from './explain-issue';
import { nearestWord } from '../domain/format/nearest-word';

/** What this rule looks at, and nothing else: whatever else is wrong in the file, it still speaks. */
const gate = z
  .looseObject({ environments: z.array(z.unknown()).optional().catch(undefined) })
  .catch({});
const gates = z.object({ qualityGates: z.record(z.string(), z.array(gate).catch([])) });
const declared = z.object({
  deploymentPipeline: z.object({
    deployment: z.object({ environments: z.array(z.looseObject({ name: z.string() })) }),
  }),
});

/** A gate for an environment that the file does not know would be skipped everywhere. */
export function gateEnvironments(file: unknown): readonly Explanation[] {
  const seen = gates.safeParse(file);
  if (!seen.success) return [];
  const known = environmentsOf(file);
  return Object.entries(seen.data.qualityGates).flatMap(([group, list]) =>
    list.flatMap(({ environments = [] }, index) =>
      environments.flatMap((name, at) =>
        typeof name !== 'string' || known.includes(name)
          ? []
          : [unknown(name, ['qualityGates', group, index, 'environments', at], known)],
      ),
    ),
  );
}

function environmentsOf(file: unknown): readonly string[] {
  const seen = declared.safeParse(file);
  return seen.success
    ? seen.data.deploymentPipeline.deployment.environments.map(({ name }) => name)
    : [DEFAULTS.environment];
}

function unknown(name: string, path: Explanation['path'], known: readonly string[]): Explanation {
  const near = nearestWord(name, known);
  return {
    path,
    part: 'value',
    rule: `is no environment of this file: "${name.slice(0, 60)}"`,
    suggestion:
      near === null
        ? `There is ${known.map((word) => `\`${word}\``).join(', ')}.`
        : `Did you mean \`${near}\`?`,
  };
}
