import type { DeploymentFacts } from '../domain/checks/facts';
import type { Gate } from '../domain/checks/gate';
import type { CheckPolicy } from '../domain/checks/policy';
import type { BelayConfig } from './belay-config';
import { readCheckPolicy } from './check-policy';
import { chooseEnvironment } from './choose-environment';
import { NO_FACTS, readFacts } from './facts';
import { readGates } from './gates';

/** Everything that the checks of one folder need to know from the configuration. */
export interface ConfiguredChecks {
  readonly policy: CheckPolicy;
  readonly gates: readonly Gate[];
  readonly facts: DeploymentFacts;
}

/**
 * What the file says for one environment; the first that it declares where none is named.
 * @throws BelayError `ENVIRONMENT_UNKNOWN`
 */
export function checksOf(config: BelayConfig, environment?: string): ConfiguredChecks {
  const { name } = chooseEnvironment(config, environment);
  return { policy: config.checks, gates: config.gates, facts: readFacts(config, name) };
}

/** What holds for a folder without any `belay.yaml`: every scanner, and the specification's three security gates. */
export function defaultChecks(): ConfiguredChecks {
  return { policy: readCheckPolicy({}, '.'), gates: readGates({}), facts: NO_FACTS };
}
