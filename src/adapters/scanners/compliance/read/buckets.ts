import {
  isUnresolved,
  type InfrastructureResource,
  type Known,
  type Properties,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { block, blocks, flag, pick, text } from '../../../inspection/infrastructure/values';
import { every } from '../model/logic';
import type { Bucket } from '../model/thing';
import { placeOf, type Readers } from './reader';
import { belongingTo } from './references';

export const BUCKETS: Readers = {
  aws_s3_bucket: (resource, all) => [bucket(resource, all)],
};

function bucket(resource: InfrastructureResource, all: readonly InfrastructureResource[]): Bucket {
  const own = resource.properties;
  const named = pick(own, 'bucket', 'bucket_name');
  const beside = (type: string): Known<Properties> | null => {
    const found = belongingTo(resource, all, { type, property: 'bucket', named });
    return found === null || isUnresolved(found) ? found : found.properties;
  };
  return {
    ...placeOf(resource),
    kind: 'bucket',
    acl: aclOf(own, beside('aws_s3_bucket_acl')),
    blocksPublicAccess: blocksPublicAccess(own, beside('aws_s3_bucket_public_access_block')),
    encrypted: holds(
      pick(own, 'server_side_encryption_configuration', 'bucket_encryption'),
      beside('aws_s3_bucket_server_side_encryption_configuration'),
    ),
    versioned: versioned(own, beside('aws_s3_bucket_versioning')),
    logged: holds(pick(own, 'logging', 'logging_configuration'), beside('aws_s3_bucket_logging')),
  };
}

type Beside = Known<Properties> | null;

function aclOf(own: Properties, beside: Beside): Known<string> {
  const written = pick(own, 'acl', 'access_control');
  if (written !== undefined) return words(text(written, 'private'));
  if (beside === null) return 'private';
  return isUnresolved(beside) ? beside : words(text(beside['acl'], 'private'));
}

/** `PublicReadWrite` and `public-read-write` are the same. */
function words(acl: Known<string>): Known<string> {
  return isUnresolved(acl) ? acl : acl.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

const SWITCHES = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];

function blocksPublicAccess(own: Properties, beside: Beside): Known<boolean> {
  if (isUnresolved(beside)) return beside;
  const written = beside ?? block(own, 'public_access_block_configuration');
  return every(...SWITCHES.map((name) => flag(written[name], false)));
}

function versioned(own: Properties, beside: Beside): Known<boolean> {
  if (isUnresolved(beside)) return beside;
  const written = block(own, 'versioning', 'versioning_configuration');
  const elsewhere = beside === null ? {} : block(beside, 'versioning_configuration');
  return flag(pick({ ...written, ...elsewhere }, 'enabled', 'status'), false);
}

function holds(written: unknown, beside: Beside): Known<boolean> {
  if (isUnresolved(written)) return written;
  if (blocks(written).length > 0) return true;
  if (beside === null) return false;
  return isUnresolved(beside) ? beside : true;
}
