import { z } from 'zod';
import { buildBlock } from './build';
import { canaryBlock } from './canary';
import { criteriaBlock } from './criteria';
import { metricSources } from './metric-sources';
import { notifications } from './notifications';
import { performanceBlock } from './performance';
import { noDataWord, probeBlock, switchesBlock } from './probe';
import { recreateBlock, rollingBlock } from './rolling';
import { securityBlock } from './security';
import { dependsOn, env, instances, listen, rollbackWindow } from './service';
import { conflictWord, strategyWord } from './strategy';
import { testingBlock } from './testing';
import { count, name, seconds, text } from './words';

const environment = z
  .strictObject({
    name,
    autoPromote: z.boolean().optional(),
    approvalRequired: z.boolean().optional(),
    approvers: z.array(text).optional(),
    quorum: count.optional(),
    approvalDeadline: seconds.optional(),
    listen: listen.optional(),
    instances: instances.optional(),
    strategy: strategyWord.optional(),
    canary: canaryBlock.optional(),
    rolling: rollingBlock.optional(),
    recreate: recreateBlock.optional(),
    conflict: conflictWord.optional(),
    rollbackCriteria: criteriaBlock.optional(),
    onNoData: noDataWord.optional(),
    probe: probeBlock.optional(),
    performance: performanceBlock.optional(),
    monitoring: switchesBlock.optional(),
    metricSources: metricSources.optional(),
    notifications: notifications.optional(),
    rollbackWindow: rollbackWindow.optional(),
    env: env.optional(),
    dependsOn: dependsOn.optional(),
  })
  .superRefine(({ approvers = [], quorum = 1 }, context) => {
    const people = new Set(approvers).size;
    if (people === 0 || quorum <= people) return;
    context.addIssue({
      code: 'custom',
      path: ['quorum'],
      message: `asks for ${quorum} approvals, and there are ${people} approvers`,
      params: { suggestion: `Write at most \`${people}\`, or name more approvers.` },
    });
  });

export type EnvironmentBlock = z.infer<typeof environment>;

const deployment = z.strictObject({
  strategy: strategyWord.optional(),
  environments: z.array(environment).min(1).superRefine(refuseTwins).optional(),
});

/** The specification's block. */
export const pipelineBlock = z.strictObject({
  build: buildBlock.optional(),
  testing: testingBlock.optional(),
  security: securityBlock.optional(),
  deployment: deployment.optional(),
  monitoring: switchesBlock.optional(),
});

function refuseTwins(
  environments: readonly { readonly name: string }[],
  context: z.RefinementCtx,
): void {
  environments.forEach((one, index) => {
    const first = environments.findIndex(({ name: other }) => other === one.name);
    if (first === index) return;
    context.addIssue({
      code: 'custom',
      path: [index, 'name'],
      message: `is the second environment called "${one.name}"`,
      params: { suggestion: 'Give it another name, or merge the two.' },
    });
  });
}
