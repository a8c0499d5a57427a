import { readFileSync } from 'node:fs';
import { homeLayout } from '../../domain/home-layout';
import type { Digest } from '../../domain/revision';
import { PlatformError } from '../platform-error';

/** What an instance inherits from the platform's own environment; nothing else leaks into it. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ'];

export interface EnvironmentOptions {
  readonly home: string;
  readonly service: string;
  readonly environment: string;
  readonly revision: Digest;
  readonly instance: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** The whole environment of one instance. Throws `SECRET_MISSING` where a secret has no file. */
export function instanceEnvironment(options: EnvironmentOptions): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    ...options.env,
    ...readSecrets(options),
    PORT: String(options.port),
    BELAY_INSTANCE_ID: options.instance,
    BELAY_REVISION: options.revision,
    BELAY_SERVICE: options.service,
    BELAY_ENVIRONMENT: options.environment,
  };
}

/** Values by name, from `secrets/{service}/{environment}/{NAME}` in the home; one trailing line end is cut off. */
export function readSecrets(
  options: Pick<EnvironmentOptions, 'home' | 'service' | 'environment' | 'secrets'>,
): Record<string, string> {
  const folder = `${homeLayout(options.home).secrets}/${options.service}/${options.environment}`;
  return Object.fromEntries(options.secrets.map((name) => [name, readSecret(folder, name)]));
}

function readSecret(folder: string, name: string): string {
  try {
    return readFileSync(`${folder}/${name}`, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new PlatformError(
      'SECRET_MISSING',
      `The secret ${name} has no readable file at ${folder}/${name}; nothing was started. Write it there (mode 0600).`,
    );
  }
}
