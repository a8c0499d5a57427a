import type { InfrastructureResource } from '../../../inspection/infrastructure/infrastructure-resource';
import { block, blocks, flag, pick, text } from '../../../inspection/infrastructure/values';
import { some, when } from '../model/logic';
import type { Machine, Store, Thing } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const MACHINES: Readers = {
  aws_instance: (resource) => [machine(resource), ...disks(resource)],
  aws_launch_template: (resource) => [machine(resource), ...disks(resource)],
  aws_launch_configuration: (resource) => [machine(resource), ...disks(resource)],
  aws_eks_cluster: (resource): readonly Thing[] => {
    const access = block(resource.properties, 'vpc_config', 'resources_vpc_config');
    const open = flag(pick(access, 'endpoint_public_access'), true);
    const restricted = pick(access, 'public_access_cidrs') !== undefined;
    return [
      { ...placeOf(resource), kind: 'kubernetes-cluster', openToWorld: restricted ? false : open },
    ];
  },
};

function machine(resource: InfrastructureResource): Machine {
  const own = propertiesOf(resource);
  const metadata = block(own, 'metadata_options');
  const tokens = text(metadata['http_tokens'], 'optional');
  const endpoint = text(metadata['http_endpoint'], 'enabled');
  const interfaces = blocks(own['network_interfaces']);
  return {
    ...placeOf(resource),
    kind: 'machine',
    sessionMetadataOnly: some(
      when(tokens, (known) => known === 'required'),
      when(endpoint, (known) => known === 'disabled'),
    ),
    publicAddress: some(
      ...[own, ...interfaces].map((one) => flag(one['associate_public_ip_address'], false)),
    ),
  };
}

/** Disks that are described but not said to be encrypted. */
function disks(resource: InfrastructureResource): readonly Store[] {
  const own = propertiesOf(resource);
  const described = ['root_block_device', 'ebs_block_device', 'block_device_mappings'].flatMap(
    (name) => blocks(own[name]),
  );
  return described.map((disk) => ({
    ...placeOf(resource),
    kind: 'store',
    what: 'volume',
    encrypted: flag(disk['encrypted'] ?? block(disk, 'ebs')['encrypted'], false),
  }));
}

/** CloudFormation's launch templates hold them one level deeper. */
function propertiesOf({
  properties,
}: InfrastructureResource): InfrastructureResource['properties'] {
  return { ...properties, ...block(properties, 'launch_template_data') };
}
