import { z } from 'zod';
import { canaryBlock, verifyBlock } from './canary';
import { refuseUnclearStrategy } from './clear-strategy';
import { criteriaBlock } from './criteria';
import { gatesBlock } from './gates';
import { infrastructureBlock } from './infrastructure';
import { metricSources } from './metric-sources';
import { notifications } from './notifications';
import { performanceBlock } from './performance';
import { pipelineBlock } from './pipeline';
import { noDataWord, probeBlock } from './probe';
import { recreateBlock, rollingBlock } from './rolling';
import * as service from './service';
import { conflictWord } from './strategy';
import { name } from './words';

/** The whole of `belay.yaml`, strict, in the units of the file: seconds and percent. */
export const belayFile = z
  .strictObject({
    service: name.optional(),
    artifact: service.artifact.optional(),
    run: service.run.optional(),
    listen: service.listen.optional(),
    health: service.health.optional(),
    instances: service.instances.optional(),
    rollbackWindow: service.rollbackWindow.optional(),
    stopGrace: service.stopGrace.optional(),
    drain: service.drain.optional(),
    startWithin: service.startWithin.optional(),
    env: service.env.optional(),
    secrets: service.secrets.optional(),
    dependsOn: service.dependsOn.optional(),
    canary: canaryBlock.optional(),
    rolling: rollingBlock.optional(),
    recreate: recreateBlock.optional(),
    conflict: conflictWord.optional(),
    verify: verifyBlock.optional(),
    rollbackCriteria: criteriaBlock.optional(),
    onNoData: noDataWord.optional(),
    probe: probeBlock.optional(),
    performance: performanceBlock.optional(),
    metricSources: metricSources.optional(),
    notifications: notifications.optional(),
    qualityGates: gatesBlock.optional(),
    infrastructure: infrastructureBlock.optional(),
    deploymentPipeline: pipelineBlock.optional(),
  })
  .superRefine(refuseUnclearStrategy)
  .superRefine(({ env = {}, secrets = [] }, context) => {
    secrets.forEach((secret, index) => {
      if (!Object.hasOwn(env, secret)) return;
      context.addIssue({
        code: 'custom',
        path: ['secrets', index],
        message: `names \`${secret}\`, which \`env\` sets in plain text`,
        params: { suggestion: 'Keep it in one of the two.' },
      });
    });
  });

export type BelayFile = z.infer<typeof belayFile>;
