import type { InfrastructureResource } from '../infrastructure/infrastructure-resource';
import { parseYaml } from '../infrastructure/parse-yaml';
import { snakeCaseProperties } from '../infrastructure/snake-case';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { isProperties } from '../infrastructure/values';

/**
 * An ECS task definition in JSON or YAML, as `register-task-definition` takes it or `describe-task-definition` answers it.
 * @throws UnreadableFile where it is not one
 */
export function taskDefinitionResource(path: string, text: string): InfrastructureResource {
  const { content } = parseYaml({ text, what: 'a task definition' });
  const definition = isProperties(content) ? (content['taskDefinition'] ?? content) : null;
  if (!isProperties(definition) || !Array.isArray(definition['containerDefinitions']))
    throw new UnreadableFile('it has no list of container definitions');
  const family = definition['family'];
  const address = `task ${typeof family === 'string' ? family.slice(0, 100) : 'without a family'}`;
  const properties = snakeCaseProperties(definition);
  return { path, line: null, address, type: 'aws_ecs_task_definition', properties };
}
