import type { DeploymentFacts } from '../domain/checks/facts';
import type { BelayConfig, EnvironmentConfig } from './belay-config';

/** What will be created and run in the environment: looked at like the files are. Null: in none of the file's. */
export function readFacts(config: BelayConfig, environment: string | null): DeploymentFacts {
  const { service, infrastructure, environments } = config;
  const chosen = environments.find(({ name }) => name === environment);
  return {
    ...(chosen === undefined ? NO_FACTS : factsOf(chosen)),
    service,
    infrastructure,
    envNames: Object.fromEntries(environments.map((one) => [one.name, namesOf(one)])),
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

function factsOf({
  name,
  run,
  env,
  secrets,
  health,
  ...chosen
}: EnvironmentConfig): DeploymentFacts {
  const { listen, instances, approval } = chosen;
  return {
    ...NO_FACTS,
    ...{ environment: name, command: run, env, secrets, health, listen, instances },
    approvalRequired: approval !== null,
  };
}

/** Plain values and secrets alike: names only. */
function namesOf({ env, secrets }: EnvironmentConfig): readonly string[] {
  return [...new Set([...Object.keys(env), ...secrets])].sort();
}
