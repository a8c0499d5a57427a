import type { InfrastructureResource } from '../infrastructure/infrastructure-resource';
import { assertShallow } from '../infrastructure/nesting';
import { snakeCaseProperties } from '../infrastructure/snake-case';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { isProperties } from '../infrastructure/values';

/**
 * An ECS task definition, as `register-task-definition` takes it or `describe-task-definition` answers it.
 * @throws UnreadableFile where it is not one
 */
export function taskDefinitionResource(path: string, text: string): InfrastructureResource {
  assertShallow(text);
  const parsed = parseJson(text);
  const definition = parsed['taskDefinition'];
  const properties = snakeCaseProperties(isProperties(definition) ? definition : parsed);
  if (!Array.isArray(properties['container_definitions']))
    throw new UnreadableFile('it has no list of container definitions');
  const family = properties['family'];
  const address = `task ${typeof family === 'string' ? family.slice(0, 100) : 'without a family'}`;
  return { path, line: null, address, type: 'aws_ecs_task_definition', properties };
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isProperties(parsed)) return parsed;
  } catch {
    // Said below, without the message: it quotes the text.
  }
  throw new UnreadableFile('it cannot be parsed as JSON');
}
