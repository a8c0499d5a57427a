import { every, not, when } from '../model/logic';
import type { Rule } from './rule';
import { rulesFor } from './rule';

/** Policies that still speak TLS 1.0 or 1.1, by the names that the provider gives them. */
const OLD_TLS =
  /^ELBSecurityPolicy-(?:2015-05|2016-08|TLS-1-0|TLS-1-1|FS-2018-06|FS-1-1|TLS13-1-0|TLS13-1-1)/;

const LISTENER_RULES = rulesFor('listener', [
  {
    id: 'infrastructure/plain-http-listener',
    severity: 'medium',
    title: 'The listener serves plain HTTP and does not redirect to HTTPS',
    fix: 'Let the listener redirect to HTTPS.',
    broken: ({ protocol, redirects }) =>
      every(
        when(protocol, (known) => known === 'HTTP'),
        not(redirects),
      ),
  },
  {
    id: 'infrastructure/old-tls',
    severity: 'medium',
    title: 'The listener accepts versions of TLS before 1.2',
    fix: 'Choose a policy that starts at TLS 1.2.',
    broken: ({ tlsPolicy }) => when(tlsPolicy, (known) => OLD_TLS.test(known)),
  },
]);

const LOAD_BALANCER_RULES = rulesFor('load-balancer', [
  {
    id: 'infrastructure/load-balancer-not-logged',
    severity: 'low',
    title: 'The load balancer keeps no access log',
    fix: 'Switch access logs of the load balancer on.',
    broken: ({ logged }) => not(logged),
  },
  {
    id: 'infrastructure/load-balancer-deletable',
    severity: 'low',
    title: 'The load balancer of production is not protected from deletion',
    fix: 'Switch deletion protection on.',
    productionOnly: true,
    broken: ({ deletionProtected }) => not(deletionProtected),
  },
]);

const MACHINE_RULES = rulesFor('machine', [
  {
    id: 'infrastructure/open-instance-metadata',
    severity: 'medium',
    title: 'The instance answers metadata requests without a session (IMDSv1)',
    fix: 'Require tokens for instance metadata.',
    broken: ({ sessionMetadataOnly }) => not(sessionMetadataOnly),
  },
  {
    id: 'infrastructure/instance-public-address',
    severity: 'low',
    title: 'The instance gets a public address',
    fix: 'Put the instance behind a load balancer in a private subnet.',
    broken: ({ publicAddress }) => publicAddress,
  },
]);

const CLUSTER_RULES = rulesFor('kubernetes-cluster', [
  {
    id: 'infrastructure/open-cluster-endpoint',
    severity: 'medium',
    title: 'The control plane of the cluster can be reached from the whole internet',
    fix: 'Make the endpoint private or name the networks that may reach it.',
    broken: ({ openToWorld }) => openToWorld,
  },
]);

export const SERVING_RULES: readonly Rule[] = [
  ...LISTENER_RULES,
  ...LOAD_BALANCER_RULES,
  ...MACHINE_RULES,
  ...CLUSTER_RULES,
];
