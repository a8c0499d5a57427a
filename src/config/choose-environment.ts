import { BelayError } from '../domain/errors';
import type { BelayConfig, EnvironmentConfig } from './belay-config';
import { nearestWord } from '../domain/format/nearest-word';

/** The environment of that name; the first of the file where none is named. @throws BelayError `ENVIRONMENT_UNKNOWN` */
export function chooseEnvironment(config: BelayConfig, wanted?: string): EnvironmentConfig {
  const { environments, file } = config;
  const found = environments.find(({ name }) => wanted === undefined || name === wanted);
  if (found) return found;
  const names = environments.map(({ name }) => name);
  const near = nearestWord(wanted ?? '', names);
  throw new BelayError(
    'ENVIRONMENT_UNKNOWN',
    `${file} declares no environment "${wanted}"; it has ${names.join(', ')}. Nothing was started.`,
    {
      next:
        near === null
          ? 'Name one of these, or add it under `deploymentPipeline.deployment.environments`.'
          : `Did you mean \`${near}\`?`,
      details: { environments: names },
    },
  );
}
