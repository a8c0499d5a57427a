import type { InfrastructureResource } from '../../../inspection/infrastructure/infrastructure-resource';
import type { Thing } from '../model/thing';
import { ACCESS } from './access';
import { BALANCING } from './balancing';
import { BUCKETS } from './buckets';
import { CONTAINERS } from './containers';
import { DATA } from './data';
import { MACHINES } from './machines';
import { NETWORK } from './network';
import type { Readers } from './reader';
import { RECORDS } from './records';
import { writtenSecrets } from './written-secrets';

const READERS: Readers = {
  ...ACCESS,
  ...BALANCING,
  ...BUCKETS,
  ...CONTAINERS,
  ...DATA,
  ...MACHINES,
  ...NETWORK,
  ...RECORDS,
};

/** What resources that are declared together mean for the rules. */
export function thingsOf(resources: readonly InfrastructureResource[]): readonly Thing[] {
  return resources.flatMap((resource) => [
    ...(Object.hasOwn(READERS, resource.type)
      ? (READERS[resource.type]?.(resource, resources) ?? [])
      : []),
    ...writtenSecrets(resource),
  ]);
}
