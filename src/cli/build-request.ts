import { newDeploymentId } from '../client/deployment-id';
import { identifyRequest, requestFor, type DeploymentChoice } from '../config/assemble-request';
import { chooseEnvironment } from '../config/choose-environment';
import { loadConfig } from '../config/load-config-file';
import type { DeploymentRequest } from '../domain/deployment';
import type { ConflictPolicy } from '../domain/line/conflict';
import { actorName } from './actor';
import type { CliContext } from './context';
import { gitCommit } from './git-commit';

export interface RequestOptions {
  readonly choice: DeploymentChoice;
  readonly requestKey: string | null;
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

export interface BuiltRequest {
  readonly request: DeploymentRequest;
  /** What the environment's configuration says where another deployment runs. */
  readonly conflict: ConflictPolicy;
}

/** The request that `belay.yaml` and the command line make together. @throws BelayError as the configuration does */
export async function buildRequest(
  { choice, requestKey, as, reason }: RequestOptions,
  { directory, env }: CliContext,
): Promise<BuiltRequest> {
  const config = await loadConfig(directory);
  const parts = requestFor(config, choice);
  const { conflict } = chooseEnvironment(config, choice.environment);
  const requestedAtMs = Date.now();
  const request = identifyRequest(parts, {
    deploymentId: newDeploymentId(parts, requestedAtMs),
    requestKey,
    initiator: actorName(as, env),
    reason: reason ?? null,
    requestedAtMs,
    commit: await gitCommit(directory),
  });
  return { request, conflict };
}
