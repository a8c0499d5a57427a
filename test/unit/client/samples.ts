import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import type { StatusView } from '../../../src/client/index';
import { sparseStatus } from '../../../src/domain/sparse-status';
import type { RunDescription } from '../../../src/client/temporal-runs';
import type { DecisionRecord } from '../../../src/domain/approval/decision';
import type { DeploymentRequest } from '../../../src/domain/deployment';
import type { DeploymentStatus } from '../../../src/domain/status';
import { FACTS, POLICY } from '../../support/check-tools';

export const REF = { service: 'shop', environment: 'production' };
export const OLD = `sha256:${'a'.repeat(64)}`;
export const NEW = `sha256:${'b'.repeat(64)}`;
export const PLAN = `sha256:${'c'.repeat(64)}`;
export const DEPLOYMENT = 'shop-production-01KAR1X0000000000000000001';
/** 2026-11-23T10:00:00Z. */
export const START_MS = Date.UTC(2026, 10, 23, 10);

export function aStatus(change: Partial<DeploymentStatus> = {}): DeploymentStatus {
  return {
    ...sparseStatus(DEPLOYMENT, REF),
    revision: NEW,
    stable: OLD,
    strategy: 'canary',
    phase: 'rollout',
    initiator: 'ci',
    startedAtMs: START_MS,
    ...change,
  };
}

export function aView(change: Partial<DeploymentStatus> = {}): StatusView {
  return {
    source: 'workflow',
    status: aStatus(change),
    workflowId: 'deploy/shop/production',
    runId: 'run-1',
    because: null,
  };
}

export function aRun(change: Partial<RunDescription> = {}): RunDescription {
  return {
    workflowId: 'deploy/shop/production',
    runId: 'run-1',
    state: 'running',
    startedAtMs: START_MS,
    closedAtMs: null,
    requestKey: null,
    isWayBack: false,
    watch: null,
    checks: [],
    ...change,
    attributes: {
      deployment: DEPLOYMENT,
      service: 'shop',
      environment: 'production',
      strategy: 'canary',
      phase: 'rollout',
      outcome: null,
      revision: NEW,
      initiator: 'ci',
      trafficPercent: 20,
      ...change.attributes,
    },
  };
}

export function aRecord(change: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id: 'decision-1',
    kind: 'approve',
    actor: 'alice',
    reason: null,
    issuedAtMs: START_MS,
    receivedAtMs: START_MS,
    verification: 'not-verified',
    effect: 'applied',
    sentence: 'the rollout begins',
    ...change,
  };
}

export function aRequest(change: Partial<DeploymentRequest> = {}): DeploymentRequest {
  return {
    schemaVersion: 1,
    deploymentId: DEPLOYMENT,
    requestKey: null,
    ...REF,
    initiator: 'ci',
    reason: null,
    requestedAtMs: START_MS,
    artifact: { kind: 'files', path: '/srv/shop', commit: 'f'.repeat(40) },
    run: {
      command: ['node', 'server.js'],
      env: { COLOUR: 'a-value-that-stays-here' },
      secrets: ['TOKEN'],
      health: {
        path: '/health',
        intervalMs: 1_000,
        timeoutMs: 500,
        healthyAfter: 1,
        unhealthyAfter: 2,
      },
      stopGraceMs: 1_000,
      startWithinMs: 10_000,
      drainMs: 1_000,
    },
    target: { kind: 'local', listen: 8080 },
    instances: 2,
    strategy: { kind: 'blue-green' },
    verify: { leastMs: 1_000, longestMs: 2_000, minimumRequests: 0 },
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
