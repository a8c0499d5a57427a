import { newDeploymentId } from '../client/deployment-id';
import { identifyRequest, requestFor, type DeploymentChoice } from '../config/assemble-request';
import { loadConfig } from '../config/load-config-file';
import type { DeploymentRequest } from '../domain/deployment';
import { actorName } from './actor';
import type { CliContext } from './context';
import { gitCommit } from './git-commit';

export interface RequestOptions {
  readonly choice: DeploymentChoice;
  readonly requestKey: string | null;
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

/** The request that `belay.yaml` and the command line make together. @throws BelayError as the configuration does */
export async function buildRequest(
  { choice, requestKey, as, reason }: RequestOptions,
  { directory, env }: CliContext,
): Promise<DeploymentRequest> {
  const config = await loadConfig(directory);
  const parts = requestFor(config, choice);
  const requestedAtMs = Date.now();
  return identifyRequest(parts, {
    deploymentId: newDeploymentId(parts, requestedAtMs),
    requestKey,
    initiator: actorName(as, env),
    reason: reason ?? null,
    requestedAtMs,
    commit: await gitCommit(directory),
  });
}
