import {
  Unresolved,
  isUnresolved,
  type InfrastructureResource,
  type Known,
  type Properties,
} from '../../../inspection/infrastructure/infrastructure-resource';
import {
  asList,
  blocks,
  flag,
  number,
  pick,
  text,
  texts,
} from '../../../inspection/infrastructure/values';
import { when } from '../model/logic';
import type { Opening, Place } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const NETWORK: Readers = {
  aws_security_group: securityGroup,
  aws_default_security_group: securityGroup,
  aws_security_group_rule: (resource) =>
    text(resource.properties['type'], 'ingress') === 'egress'
      ? []
      : [opening(placeOf(resource), resource.properties)],
  aws_vpc_security_group_ingress_rule: (resource) => [
    opening(placeOf(resource), resource.properties),
  ],
};

function securityGroup(resource: InfrastructureResource): readonly Opening[] {
  const ingress = pick(resource.properties, 'ingress', 'security_group_ingress');
  return blocks(ingress).map((rule) => opening(placeOf(resource), rule));
}

function opening(place: Place, rule: Properties): Opening {
  const protocol = text(pick(rule, 'protocol', 'ip_protocol'), '-1');
  return {
    ...place,
    kind: 'opening',
    fromPort: number(pick(rule, 'from_port'), everyOr(protocol, 0)),
    toPort: number(pick(rule, 'to_port'), everyOr(protocol, 65_535)),
    everyProtocol: when(protocol, (known) => known === '-1' || known.toLowerCase() === 'all'),
    world: world(rule),
  };
}

/** A rule without ports lets everything in where it names no protocol either. */
function everyOr(protocol: Known<string>, port: number): Known<number> {
  return protocol === 'icmp' || protocol === 'icmpv6' ? -1 : port;
}

function world(rule: Properties): Known<boolean> {
  const named = [
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'cidr_ip',
    'cidr_ipv6',
    'cidr_ipv4',
    'cidr',
  ].flatMap((name) => networksOf(rule[name]));
  if (named.some((network) => !isUnresolved(network) && isWorld(network))) return true;
  return named.find(isUnresolved) ?? flag(undefined, false);
}

function networksOf(value: unknown): readonly Known<string>[] {
  // A list put together from parts: the part that is written down is in it.
  if (value instanceof Unresolved && CONCATENATED_WORLD.test(value.reference)) return ['0.0.0.0/0'];
  return texts(asList(value));
}

const CONCATENATED_WORLD =
  /^(?:concat|flatten|toset|distinct)\([^?]{0,2000}"(?:0\.0\.0\.0\/0|::\/0)"[^?]{0,2000}\)$/;

/** Also two halves of the world, which is how it is written around a check for the whole. */
function isWorld(network: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}\/[01]|[0-9a-f:]{2,39}\/[01])$/i.test(network);
}
