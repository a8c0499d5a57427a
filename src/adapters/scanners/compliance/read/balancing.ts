import type {
  InfrastructureResource,
  Known,
  Properties,
} from '../../../inspection/infrastructure/infrastructure-resource';
import { block, blocks, flag, pick, text } from '../../../inspection/infrastructure/values';
import { isUnresolved } from '../../../inspection/infrastructure/infrastructure-resource';
import { some, when } from '../model/logic';
import type { Listener, LoadBalancer } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const BALANCING: Readers = {
  aws_lb: (resource) => [loadBalancer(resource)],
  aws_alb: (resource) => [loadBalancer(resource)],
  aws_lb_listener: (resource) => [listener(resource)],
  aws_alb_listener: (resource) => [listener(resource)],
};

function loadBalancer(resource: InfrastructureResource): LoadBalancer {
  const own = resource.properties;
  const scheme = text(own['scheme'], 'internet-facing');
  const internal = flag(
    own['internal'],
    when(scheme, (known) => known === 'internal'),
  );
  const attributes = attributesOf(own);
  return {
    ...placeOf(resource),
    kind: 'load-balancer',
    isPublic: when(internal, (known) => !known),
    logged: some(
      flag(block(own, 'access_logs')['enabled'], blocks(own['access_logs']).length > 0),
      flag(attributes['access_logs.s3.enabled'], false),
    ),
    deletionProtected: some(
      flag(own['enable_deletion_protection'], false),
      flag(attributes['deletion_protection.enabled'], false),
    ),
  };
}

/** CloudFormation's list of `{ Key, Value }`. */
function attributesOf(own: Properties): Properties {
  return Object.fromEntries(
    blocks(pick(own, 'load_balancer_attributes')).map((one) => [String(one['key']), one['value']]),
  );
}

function listener(resource: InfrastructureResource): Listener {
  const own = resource.properties;
  const actions = blocks(pick(own, 'default_action', 'default_actions'));
  return {
    ...placeOf(resource),
    kind: 'listener',
    protocol: protocolOf(own),
    redirects: some(...actions.map(redirectsToTls)),
    tlsPolicy: text(own['ssl_policy'], ''),
  };
}

/** An application load balancer may leave the protocol out on its usual ports. */
function protocolOf(own: Properties): Known<string> {
  const written = text(pick(own, 'protocol'), '');
  if (written !== '') return isUnresolved(written) ? written : written.toUpperCase();
  return when(text(own['port'], ''), (port) => port === '80') === true ? 'HTTP' : '';
}

function redirectsToTls(action: Properties): Known<boolean> {
  const target = block(action, 'redirect', 'redirect_config');
  const type = when(text(action['type'], ''), (known) => known.toLowerCase() === 'redirect');
  const protocol = text(target['protocol'], '#{protocol}');
  return type === true ? when(protocol, (known) => known.toUpperCase() === 'HTTPS') : type;
}
