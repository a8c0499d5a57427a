import { z } from 'zod';
import { BelayError } from '../domain/errors';
import { name, text } from './schema/words';

/** What stands in `BELAY_HOME/environments/{environment}.json`: that workers on this host serve the environment. */
const registration = z.strictObject({
  schemaVersion: z.literal(1),
  environment: name,
  target: z.strictObject({
    kind: z.literal('local'),
    /** The `BELAY_HOME` of the platform, absolute. */
    home: text.startsWith('/'),
  }),
  registeredAt: z.iso.datetime(),
});

export type EnvironmentRegistration = Readonly<z.infer<typeof registration>>;

/** The file's name inside the folder of environments. */
export function registrationFile(environment: string): string {
  return `${environment}.json`;
}

/** The file's text; the same registration gives the same text. */
export function serializeRegistration(value: EnvironmentRegistration): string {
  return `${JSON.stringify(registration.parse(value), null, 2)}\n`;
}

/** @throws BelayError `CONFIG_INVALID` naming the file and what is wrong with it */
export function parseRegistration(content: string, file: string): EnvironmentRegistration {
  const parsed = registration.safeParse(jsonOrNull(content));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'file'}: ${message}`,
  );
  throw new BelayError(
    'CONFIG_INVALID',
    `${file} is no registration of an environment (${wrong.join('; ')}). Its environment gets no worker; traffic is as it was.`,
    { next: 'Remove the file; the next `belay deploy` or `belay plan` writes it again.' },
  );
}

function jsonOrNull(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return null;
  }
}
