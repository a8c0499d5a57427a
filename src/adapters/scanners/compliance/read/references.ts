import {
  isUnresolved,
  type InfrastructureResource,
  type Known,
} from '../../../inspection/infrastructure/infrastructure-resource';

/**
 * The resource of `type` that belongs to `owner` through the property `property`. Unknown where one of them refers to
 * something that cannot be told.
 */
export function belongingTo(
  owner: InfrastructureResource,
  all: readonly InfrastructureResource[],
  {
    type,
    property,
    named,
  }: { readonly type: string; readonly property: string; readonly named: unknown },
): Known<InfrastructureResource> | null {
  let unknown: Known<InfrastructureResource> | null = null;
  for (const other of all) {
    if (other.type !== type) continue;
    const value = other.properties[property];
    if (!isUnresolved(value)) {
      if (typeof value === 'string' && (value === named || refersTo(value, owner))) return other;
    } else if (refersTo(value.reference, owner)) return other;
    else if (!REFERS_TO_ONE.test(value.reference)) unknown = value;
  }
  return unknown;
}

/** `aws_s3_bucket.logs.id`: about a resource that has a name. Everything else may be about any. */
const REFERS_TO_ONE = /^[a-z][a-z0-9_]{0,80}\.[\w-]{1,200}(?:\.|\[|$)/;

function refersTo(reference: string, { address }: InfrastructureResource): boolean {
  const name = address.replace(/^Resources\./, '');
  return (
    reference === name ||
    reference.startsWith(`${name}.`) ||
    reference.startsWith(`${name}[`) ||
    reference.startsWith(`\${${name}.`)
  );
}
