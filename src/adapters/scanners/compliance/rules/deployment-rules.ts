import type { Rule } from './rule';
import { rulesFor } from './rule';

const SERVICE_RULES = rulesFor('service', [
  {
    id: 'environment/production-without-approval',
    severity: 'medium',
    title: 'Production is deployed to without anyone’s approval',
    fix: 'Set approvalRequired for production and name its approvers.',
    productionOnly: true,
    broken: ({ approvalRequired }) => !approvalRequired,
  },
  {
    id: 'environment/no-health-check',
    severity: 'medium',
    title: 'The service has no health check',
    fix: 'Give the service a health check.',
    broken: ({ healthChecked }) => !healthChecked,
  },
  {
    id: 'environment/plain-secret',
    severity: 'high',
    title: ({ plainSecrets }) =>
      `Secrets are written into the plain environment: ${plainSecrets.slice(0, 10).join(', ')}`,
    fix: 'Name them under secrets, so that their values live on the target only.',
    broken: ({ plainSecrets }) => plainSecrets.length > 0,
  },
  {
    id: 'environment/privileged-port',
    severity: 'low',
    title: 'The service listens on a port below 1024 other than 80 and 443',
    fix: 'Listen on a port from 1024 on.',
    broken: ({ port }) => port !== null && port > 0 && port < 1_024 && ![80, 443].includes(port),
  },
]);

const FLEET_RULES = rulesFor('fleet', [
  {
    id: 'environment/single-instance',
    severity: 'medium',
    title: 'In production fewer than two of it run',
    fix: 'Run at least two.',
    productionOnly: true,
    broken: ({ least }) => least < 2,
  },
]);

const BLOCK_RULES = rulesFor('network', [
  {
    id: 'infrastructure/data-without-private-subnet',
    severity: 'high',
    title: 'Data stores are declared, and every subnet is public',
    fix: 'Declare a private subnet for the data stores.',
    broken: ({ holdsData, privateSubnets }) => holdsData && privateSubnets === 0,
  },
  {
    id: 'infrastructure/balancer-without-health-check',
    severity: 'medium',
    title: 'The public load balancer has no health check',
    fix: 'Give the load balancer a health check.',
    broken: ({ publicBalancer, balancerHealthChecked }) => publicBalancer && !balancerHealthChecked,
  },
  {
    id: 'infrastructure/network-too-wide',
    severity: 'low',
    title: 'A network is wider than a private network can be',
    fix: 'Choose a private network, such as 10.0.0.0/16.',
    broken: ({ widestPrefixBits }) => widestPrefixBits !== null && widestPrefixBits < 8,
  },
]);

export const DEPLOYMENT_RULES: readonly Rule[] = [...SERVICE_RULES, ...FLEET_RULES, ...BLOCK_RULES];
