import { checkNotes } from './check-notes';
import type { BelayFile } from './schema/belay-file';

/** What the file asks for and this version does not do, one sentence each. */
export function notesOf(file: BelayFile): readonly string[] {
  return [
    ...blockNotes(file),
    ...checkNotes(file),
    ...sharedListenNotes(file),
    ...criteriaNotes(file),
  ];
}

function blockNotes({ infrastructure, deploymentPipeline }: BelayFile): string[] {
  const { build } = deploymentPipeline ?? {};
  const consequences: readonly (readonly [block: unknown, name: string, meaning: string])[] = [
    [
      infrastructure,
      'infrastructure',
      'its rules are checked, and nothing is provisioned; the local target needs nothing',
    ],
    [
      build?.artifactRetention,
      'deploymentPipeline.build.artifactRetention',
      'every stored artifact is kept',
    ],
  ];
  return consequences
    .filter(([block]) => block !== undefined)
    .map(([, name, meaning]) => `\`${name}\` has no effect yet: ${meaning}.`);
}

function sharedListenNotes({ listen, deploymentPipeline }: BelayFile): string[] {
  const environments = deploymentPipeline?.deployment?.environments ?? [];
  const inheriting = environments.filter((one) => one.listen === undefined).map(({ name }) => name);
  if (listen === undefined || inheriting.length < 2) return [];
  return [
    `${inheriting.join(', ')} all take \`listen: ${listen}\` from the top of the file: on one host only one of them ` +
      'can be up. Give the others a `listen` of their own.',
  ];
}

function criteriaNotes({ rollbackCriteria, deploymentPipeline }: BelayFile): string[] {
  const environments = deploymentPipeline?.deployment?.environments ?? [];
  if (rollbackCriteria !== undefined) return [];
  if (environments.length > 0 && environments.every((one) => one.rollbackCriteria)) return [];
  return [
    'No `rollbackCriteria`: the automatic ones of the specification guard the deployment ' +
      '(error_rate over 5 % for 60 s, response_time_p99 over 5000 ms for 120 s, availability under 95 % for 30 s).',
  ];
}
