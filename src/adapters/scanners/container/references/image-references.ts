import {
  isUnresolved,
  type InfrastructureResource,
  type Known,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { parseYaml } from '../../../inspection/infrastructure/parse-yaml';
import { blocks, isProperties, pick, text } from '../../../inspection/infrastructure/values';

/** A place that says which image runs. */
export interface ImageReference {
  readonly path: string;
  readonly line: number | null;
  /** `aws_ecs_task_definition.web container app`, `services.web` */
  readonly resource: string;
  readonly image: Known<string>;
}

/** Of task definitions, in whatever language. */
export function referencesOfResources(
  resources: readonly InfrastructureResource[],
): readonly ImageReference[] {
  return resources
    .filter(({ type }) => type === 'aws_ecs_task_definition')
    .flatMap(({ path, line, address, properties }) => {
      const definitions = pick(properties, 'container_definitions');
      if (isUnresolved(definitions)) return [{ path, line, resource: address, image: definitions }];
      return blocks(definitions).map((definition) => ({
        path,
        line,
        resource: address,
        image: text(definition['image'], ''),
      }));
    });
}

/**
 * Of a compose file. A service that is built has a name for its image and pulls none.
 * @throws UnreadableFile where it is none
 */
export function referencesOfCompose(path: string, content: string): readonly ImageReference[] {
  const { content: parsed } = parseYaml({ text: content, what: 'a compose file' });
  const services = isProperties(parsed) ? parsed['services'] : null;
  if (!isProperties(services)) return [];
  return Object.entries(services).flatMap(([name, service]) => {
    if (!isProperties(service) || service['build'] !== undefined) return [];
    const { image } = service;
    if (typeof image !== 'string') return [];
    return [{ path, line: null, resource: `services.${name}`, image: withDefaults(image) }];
  });
}

/** `${TAG:-1.2}` as it is when nobody sets it. A name without a default stays, which is no digest. */
function withDefaults(image: string): string {
  return image.replace(/\$\{\w{1,100}:?-([^}]{0,500})\}/g, '$1');
}

export function isComposeFile(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w-]{1,60}){0,3}\.ya?ml$/i.test(path);
}
