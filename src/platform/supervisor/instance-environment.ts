import { readFileSync, statSync } from 'node:fs';
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

export type SecretNames = Pick<EnvironmentOptions, 'home' | 'service' | 'environment' | 'secrets'>;

/** Values by name, from `secrets/{service}/{environment}/{NAME}` in the home; one trailing line end is cut off. */
export function readSecrets(options: SecretNames): Record<string, string> {
  return Object.fromEntries(
    options.secrets.map((name) => [name, readSecret(name, secretFile(options, name))]),
  );
}

/** Throws `SECRET_EXPOSED` where the group or others may do anything with a secret's file. */
export function refuseExposedSecrets(options: SecretNames): void {
  for (const name of options.secrets) {
    const file = secretFile(options, name);
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & GROUP_AND_OTHERS) !== 0) throw exposed(name, file, mode);
  }
}

const GROUP_AND_OTHERS = 0o077;

function secretFile({ home, service, environment }: SecretNames, name: string): string {
  return `${homeLayout(home).secrets}/${service}/${environment}/${name}`;
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new PlatformError(
      'SECRET_MISSING',
      `The secret ${name} has no readable file at ${file}; nothing was started. Write it there (mode 0600).`,
    );
  }
}

function exposed(name: string, file: string, mode: number): PlatformError {
  const rights = (mode & 0o777).toString(8).padStart(4, '0');
  return new PlatformError(
    'SECRET_EXPOSED',
    `The secret ${name} is open to other users of this machine (${file} has mode ${rights}, not 0600); nothing was started.`,
  );
}
