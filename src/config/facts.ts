import type { DeploymentFacts } from '../domain/checks/facts';
import type { BelayConfig } from './belay-config';

/** What will be created and run in the environment: looked at like the files are. */
export function readFacts(config: BelayConfig, environment: string | null): DeploymentFacts {
  const chosen = config.environments.find(({ name }) => name === environment);
  return {
    service: config.service,
    environment: chosen?.name ?? null,
    command: chosen?.run ?? null,
    env: chosen?.env ?? {},
    secrets: chosen?.secrets ?? [],
    health: chosen?.health ?? null,
    listen: chosen?.listen ?? null,
    instances: chosen?.instances ?? null,
    approvalRequired: (chosen?.approval ?? null) !== null,
    infrastructure: config.infrastructure,
    envNames: Object.fromEntries(
      config.environments.map(({ name, env, secrets }) => [
        name,
        [...new Set([...Object.keys(env), ...secrets])].sort(),
      ]),
    ),
  };
}

/** A folder without a configuration: nothing is known of how it will run. */
export const NO_FACTS: DeploymentFacts = {
  service: null,
  environment: null,
  command: null,
  env: {},
  secrets: [],
  health: null,
  listen: null,
  instances: null,
  approvalRequired: false,
  infrastructure: null,
  envNames: {},
};
