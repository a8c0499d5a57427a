import type { DeploymentRequest } from '../../src/domain/deployment';
import { newDeploymentId } from '../../src/client/deployment-id';
import { DEFAULT_MONITORING } from '../../src/domain/monitoring/policy';
import { FACTS, POLICY } from './check-tools';

let minted = 0;

/** A request for `shop` into `production` that tests change where they need to. */
export function aRequest(change: Partial<DeploymentRequest> = {}): DeploymentRequest {
  const service = change.service ?? 'shop';
  const environment = change.environment ?? 'production';
  minted += 1;
  return {
    schemaVersion: 1,
    deploymentId: newDeploymentId({ service, environment }, Date.now() + minted),
    requestKey: null,
    service,
    environment,
    initiator: 'a-test',
    reason: null,
    requestedAtMs: Date.now(),
    artifact: { kind: 'files', path: '/nowhere', commit: null },
    run: {
      command: ['node', 'server.js'],
      env: {},
      secrets: [],
      health: {
        path: '/health',
        intervalMs: 500,
        timeoutMs: 1_000,
        healthyAfter: 1,
        unhealthyAfter: 2,
      },
      stopGraceMs: 5_000,
      startWithinMs: 20_000,
      drainMs: 5_000,
    },
    target: { kind: 'local', listen: 0 },
    instances: 2,
    strategy: { kind: 'blue-green' },
    verify: { leastMs: 2_000, longestMs: 20_000, minimumRequests: 20 },
    rollbackWindowMs: 60_000,
    criteria: [],
    monitoring: DEFAULT_MONITORING,
    gates: [],
    checks: POLICY,
    facts: FACTS,
    configFolder: '/nowhere',
    approval: null,
    dependsOn: [],
    restores: null,
    notes: [],
    ...change,
  };
}
