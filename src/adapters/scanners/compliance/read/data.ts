import {
  isUnresolved,
  type InfrastructureResource,
  type Known,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { flag, number, pick } from '../../../inspection/infrastructure/values';
import { some } from '../model/logic';
import type { Database, Store } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const DATA: Readers = {
  aws_db_instance: (resource) => [database(resource)],
  aws_rds_cluster: (resource) => [{ ...database(resource), isPublic: false, multiZone: true }],
  aws_rds_cluster_instance: (resource) => [
    {
      ...database(resource),
      encrypted: true,
      backupDays: 7,
      multiZone: true,
      deletionProtected: true,
    },
  ],
  aws_elasticache_replication_group: (resource) => [
    {
      ...placeOf(resource),
      kind: 'cache',
      encryptedAtRest: flag(resource.properties['at_rest_encryption_enabled'], false),
      encryptedInTransit: flag(resource.properties['transit_encryption_enabled'], false),
    },
  ],
  aws_ebs_volume: store('volume', (properties) => flag(properties['encrypted'], false)),
  aws_efs_file_system: store('file system', (properties) => flag(properties['encrypted'], false)),
  aws_sqs_queue: store('queue', (properties) =>
    some(
      isSet(pick(properties, 'kms_master_key_id')),
      // Encrypted by the queue's own key unless it is switched off.
      flag(properties['sqs_managed_sse_enabled'], true),
    ),
  ),
  aws_sns_topic: store('topic', (properties) => isSet(pick(properties, 'kms_master_key_id'))),
};

function database(resource: InfrastructureResource): Database {
  const own = resource.properties;
  const replica = pick(own, 'replicate_source_db', 'source_db_instance_identifier') !== undefined;
  return {
    ...placeOf(resource),
    kind: 'database',
    isPublic: flag(own['publicly_accessible'], false),
    encrypted: some(flag(own['storage_encrypted'], replica), isSet(own['kms_key_id'])),
    backupDays: number(own['backup_retention_period'], replica ? 7 : 1),
    multiZone: replica ? true : flag(own['multi_az'], false),
    deletionProtected: replica ? true : flag(own['deletion_protection'], false),
  };
}

function store(
  what: Store['what'],
  encrypted: (properties: InfrastructureResource['properties']) => Known<boolean>,
): Readers[string] {
  return (resource) => [
    { ...placeOf(resource), kind: 'store', what, encrypted: encrypted(resource.properties) },
  ];
}

/** A key that is named somewhere else is a key. */
function isSet(value: unknown): Known<boolean> {
  return value !== undefined && value !== null && (isUnresolved(value) || value !== '');
}
