import type { StrategyConfig } from '../domain/rollout/strategy';
import type { EnvironmentConfig } from './belay-config';

/** The blocks of the file for a strategy. */
export function strategyOf(
  environment: EnvironmentConfig,
  kind: StrategyConfig['kind'],
): StrategyConfig {
  switch (kind) {
    case 'blue-green':
      return { kind };
    case 'canary':
      return environment.canary;
    case 'rolling':
      return environment.rolling;
    case 'recreate':
      return environment.recreate;
  }
}
