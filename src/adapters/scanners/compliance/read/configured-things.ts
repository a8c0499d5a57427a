import type { Properties } from '../../../inspection/infrastructure/infrastructure-resource';
import {
  block,
  blocks,
  flag,
  isProperties,
  number,
} from '../../../inspection/infrastructure/values';
import { isUnresolved } from '../../../inspection/infrastructure/infrastructure-resource';
import type { Database, Fleet, Network, Thing } from '../model/thing';

/** The configuration is no part of the tree that is scanned; this is the name that it usually has. */
const CONFIGURATION = 'belay.yaml';

/** The specification's `infrastructure` block. What it cannot say (encryption, for one) is no matter of these rules. */
export function infrastructureThings(written: unknown): readonly Thing[] {
  if (!isProperties(written)) return [];
  return [...fleets(written), ...networks(written), ...databases(written)];
}

function at(address: string): { path: string; line: null; address: string } {
  return { path: CONFIGURATION, line: null, address: `infrastructure.${address}` };
}

function fleets(written: Properties): readonly Fleet[] {
  return blocks(written['compute']).flatMap((compute, index): readonly Fleet[] => {
    if (compute['type'] === 'ec2') {
      const scaling = block(compute, 'auto_scaling');
      const least = counted(scaling['min'] ?? compute['count'], 1);
      return [{ ...at(`compute[${index}]`), kind: 'fleet', least }];
    }
    return blocks(compute['services']).map((service, place) => ({
      ...at(`compute[${index}].services[${place}]`),
      kind: 'fleet',
      least: counted(service['desired_count'], 1),
    }));
  });
}

function networks(written: Properties): readonly Network[] {
  if (!isProperties(written['networking'])) return [];
  const networking = written['networking'];
  const subnets = blocks(networking['subnets']);
  const balancer = block(networking, 'load_balancer');
  const storage = block(written, 'storage');
  const ranges = [block(networking, 'vpc'), ...subnets].flatMap(({ cidr }) => prefixOf(cidr));
  return [
    {
      ...at('networking'),
      kind: 'network',
      holdsData: isProperties(storage['database']) || isProperties(storage['cache']),
      privateSubnets:
        subnets.length === 0 ? null : subnets.filter(({ type }) => type === 'private').length,
      publicBalancer: balancer['scheme'] === 'internet-facing',
      balancerHealthChecked: isProperties(balancer['health_check']),
      widestPrefixBits: ranges.length === 0 ? null : Math.min(...ranges),
    },
  ];
}

function prefixOf(cidr: unknown): readonly number[] {
  const bits = typeof cidr === 'string' ? /\/(\d{1,2})$/.exec(cidr)?.[1] : undefined;
  return bits === undefined ? [] : [Number(bits)];
}

function databases(written: Properties): readonly Database[] {
  const database = block(written, 'storage')['database'];
  if (!isProperties(database)) return [];
  return [
    {
      ...at('storage.database'),
      kind: 'database',
      isPublic: false,
      encrypted: true,
      backupDays: number(database['backup_retention'], 0),
      multiZone: flag(database['multi_az'], false),
      deletionProtected: true,
    },
  ];
}

function counted(value: unknown, otherwise: number): number {
  const known = number(value, otherwise);
  return isUnresolved(known) ? otherwise : known;
}
