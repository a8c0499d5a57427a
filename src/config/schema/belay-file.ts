import { z } from 'zod';
import { canaryBlock, verifyBlock } from './canary';
import { criteriaBlock } from './criteria';
import { gatesBlock } from './gates';
import { infrastructureBlock } from './infrastructure';
import { pipelineBlock } from './pipeline';
import * as service from './service';
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
    verify: verifyBlock.optional(),
    rollbackCriteria: criteriaBlock.optional(),
    qualityGates: gatesBlock.optional(),
    infrastructure: infrastructureBlock.optional(),
    deploymentPipeline: pipelineBlock.optional(),
  })
  .superRefine(refuseSharedListen)
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

/**
 * Two environments on one port cannot both be up. Where neither sets its own `listen` this is only noted: the
 * specification's blocks name two environments and no port at all.
 */
function refuseSharedListen(file: PortsOfFile, context: z.RefinementCtx): void {
  const environments = file.deploymentPipeline?.deployment?.environments ?? [];
  environments.forEach((one, index) => {
    const port = one.listen ?? file.listen;
    const other = environments
      .slice(0, index)
      .find((before) => (before.listen ?? file.listen) === port);
    if (port === undefined || other === undefined) return;
    if (one.listen === undefined && other.listen === undefined) return;
    const place = ['deploymentPipeline', 'deployment', 'environments', index];
    context.addIssue({
      code: 'custom',
      path: one.listen === undefined ? place : [...place, 'listen'],
      message: `gives "${one.name}" the port ${port}, which "${other.name}" has`,
      params: {
        suggestion: `Give one of the two a \`listen\` of its own, such as \`${port + 1}\`.`,
      },
    });
  });
}

interface PortsOfFile {
  readonly listen?: number | undefined;
  readonly deploymentPipeline?:
    | {
        readonly deployment?: { readonly environments?: readonly PortOf[] | undefined } | undefined;
      }
    | undefined;
}

interface PortOf {
  readonly name: string;
  readonly listen?: number | undefined;
}
