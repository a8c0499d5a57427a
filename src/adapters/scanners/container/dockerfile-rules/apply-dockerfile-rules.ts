import type { Finding } from '../../../../domain/checks/finding';
import type { Dockerfile } from '../../../inspection/dockerfile/dockerfile';
import { containerFinding } from '../container-finding';
import { COMMAND_RULES } from './command-rules';
import type { Breach, DockerfileRule } from './dockerfile-rule';
import { IMAGE_RULES } from './image-rules';
import { SECRET_RULES } from './secret-rules';

export const DOCKERFILE_RULES: readonly DockerfileRule[] = [
  ...IMAGE_RULES,
  ...SECRET_RULES,
  ...COMMAND_RULES,
];

const MOST_FOR_A_RULE = 50;

export function applyDockerfileRules(
  path: string,
  dockerfile: Dockerfile,
  key: Uint8Array,
): readonly Finding[] {
  return DOCKERFILE_RULES.flatMap((rule) => {
    const seen = new Map<string, number>();
    return rule
      .breaches(dockerfile)
      .slice(0, MOST_FOR_A_RULE)
      .map((breach) => {
        const text = breach.text.replace(/\s+/g, ' ');
        const occurrence = seen.get(text) ?? 0;
        seen.set(text, occurrence + 1);
        return containerFinding({
          rule,
          title: titleOf(rule, breach),
          location: { path, line: breach.line, resource: null },
          // The text of an instruction may hold a secret.
          identity: { key, parts: [path, text, String(occurrence)] },
        });
      });
  });
}

function titleOf({ title }: DockerfileRule, { names = [] }: Breach): string {
  if (names.length === 0) return title;
  const shown = names.slice(0, 10).map((name) => name.replace(/[^\w.-]/g, '').slice(0, 100));
  return `${title}: ${shown.join(', ')}`;
}
