import type { Finding } from '../../../../domain/checks/finding';
import { isSecretName, isWrittenValue } from '../../../inspection/infrastructure/secret-name';
import type { ImageConfig } from '../../../inspection/oci/read-image';
import { containerFinding, type ContainerRule } from '../container-finding';

interface ConfigRule extends ContainerRule {
  readonly title: string;
  /** Null: nothing to say. Names are shown, never values. */
  readonly names: (config: ImageConfig) => readonly string[] | null;
}

export const CONFIG_RULES: readonly ConfigRule[] = [
  {
    id: 'image/root-user',
    severity: 'medium',
    title: 'The image runs as root',
    fix: 'Name a user other than root in the image.',
    names: ({ user }) => (/^(?:|root|0)(?::|$)/.test(user) ? [] : null),
  },
  {
    id: 'image/secret-in-variable',
    severity: 'high',
    title: 'A secret is written into the configuration of the image',
    fix: 'Remove it, replace the secret, and give it to the container when it starts.',
    names: ({ env }) => someOf(env.filter(isWrittenSecret).map(nameOf)),
  },
  {
    id: 'image/ssh-port',
    severity: 'medium',
    title: 'The image exposes port 22: nobody should log in to a container',
    fix: 'Remove the port, and the SSH server with it.',
    names: ({ ports }) => (ports.some((port) => /^22(?:\/tcp)?$/.test(port)) ? [] : null),
  },
  {
    id: 'image/no-health-check',
    severity: 'info',
    title: 'The image says nothing about how its health is checked',
    fix: 'Add a health check to the image, or leave it to the platform.',
    names: ({ healthChecked }) => (healthChecked ? null : []),
  },
];

export function configFindings(
  config: ImageConfig,
  { image, manifest, key }: { image: string; manifest: string; key: Uint8Array },
): readonly Finding[] {
  return CONFIG_RULES.flatMap((rule) => {
    const names = rule.names(config);
    if (names === null) return [];
    return [
      containerFinding({
        rule,
        title: names.length === 0 ? rule.title : `${rule.title}: ${names.join(', ')}`,
        location: { path: image, line: null, resource: manifest },
        identity: { key, parts: [image, ...names] },
      }),
    ];
  });
}

function isWrittenSecret(variable: string): boolean {
  const at = variable.indexOf('=');
  return at > 0 && isSecretName(variable.slice(0, at)) && isWrittenValue(variable.slice(at + 1));
}

function nameOf(variable: string): string {
  return variable
    .slice(0, variable.indexOf('='))
    .replace(/[^\w.-]/g, '')
    .slice(0, 100);
}

function someOf(names: readonly string[]): readonly string[] | null {
  return names.length === 0 ? null : names.slice(0, 10);
}
