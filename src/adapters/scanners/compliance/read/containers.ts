import type {
  InfrastructureResource,
  Known,
  Properties,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { block, blocks, flag, pick, text, texts } from '../../../inspection/infrastructure/values';
import { isUnresolved } from '../../../inspection/infrastructure/infrastructure-resource';
import { every, when } from '../model/logic';
import { isSecretName, isWrittenValue } from '../../../inspection/infrastructure/secret-name';
import type { Container, Task, Thing } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const CONTAINERS: Readers = {
  aws_ecs_task_definition: (resource) => [task(resource), ...containers(resource)],
  aws_ecr_repository: (resource): readonly Thing[] => {
    const own = resource.properties;
    const mutability = text(own['image_tag_mutability'], 'MUTABLE');
    return [
      {
        ...placeOf(resource),
        kind: 'registry',
        fixedTags: when(mutability, (known) => known.startsWith('IMMUTABLE')),
        scansOnPush: flag(block(own, 'image_scanning_configuration')['scan_on_push'], false),
      },
    ];
  },
};

function task(resource: InfrastructureResource): Task {
  const own = resource.properties;
  const isHost = (value: unknown): Known<boolean> =>
    when(text(value, ''), (known) => known === 'host');
  return {
    ...placeOf(resource),
    kind: 'task',
    hostNetwork: isHost(own['network_mode']),
    hostProcesses: isHost(own['pid_mode']),
    hostPaths: blocks(pick(own, 'volume', 'volumes')).flatMap((volume) =>
      texts(pick({ ...block(volume, 'host'), ...volume }, 'source_path', 'host_path')),
    ),
  };
}

function containers(resource: InfrastructureResource): readonly Container[] {
  const definitions = pick(resource.properties, 'container_definitions');
  if (isUnresolved(definitions)) return [unknownContainer(resource, definitions)];
  return blocks(definitions).map((definition) => container(resource, definition));
}

function container(resource: InfrastructureResource, definition: Properties): Container {
  const name = text(definition['name'], '');
  const place = placeOf(resource);
  const known = isUnresolved(name) ? '' : name.replace(/[^\w.-]/g, '').slice(0, 100);
  const linux = block(definition, 'linux_parameters');
  return {
    ...place,
    address: known === '' ? place.address : `${place.address} container ${known}`,
    kind: 'container',
    privileged: flag(definition['privileged'], false),
    user: text(definition['user'], ''),
    addedCapabilities: texts(block(linux, 'capabilities')['add']),
    logged: pick(definition, 'log_configuration') !== undefined,
    readonlyRoot: flag(definition['readonly_root_filesystem'], false),
    plainSecrets: plainSecrets(blocks(definition['environment'])),
  };
}

function plainSecrets(variables: readonly Properties[]): readonly string[] {
  return variables.flatMap(({ name, value }) =>
    typeof name === 'string' && isSecretName(name) && isWrittenValue(value)
      ? [name.replace(/[^\w.-]/g, '').slice(0, 100)]
      : [],
  );
}

/** Definitions that are put together when they are created: everything about them is unknown. */
function unknownContainer(resource: InfrastructureResource, unknown: Known<never>): Container {
  return {
    ...placeOf(resource),
    kind: 'container',
    privileged: unknown,
    user: unknown,
    addedCapabilities: [unknown],
    logged: every(unknown),
    readonlyRoot: unknown,
    plainSecrets: [],
  };
}
