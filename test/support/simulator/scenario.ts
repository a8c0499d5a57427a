import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../../src/domain/monitoring/policy';
import type { OpenReadingSource } from '../../../src/ports/reading-source';
import type { Criterion } from '../../../src/domain/analysis/criterion';
import type { ApprovalPolicy } from '../../../src/domain/approval/policy';
import type { Decision, DecisionKind } from '../../../src/domain/approval/decision';
import type { DeploymentRequest, ServiceRef } from '../../../src/domain/deployment';
import type { RolloutPlan } from '../../../src/domain/rollout/plan';
import type {
  RecreateConfig,
  RollingConfig,
  StrategyConfig,
} from '../../../src/domain/rollout/strategy';
import type { DeploymentStatus } from '../../../src/domain/status';
import type { Behaviour } from '../../../src/adapters/targets/memory/behaviour';
import { CALM, type Chaos } from './chaos';
import { FACTS, POLICY } from '../check-tools';

/** Everything that one simulated deployment meets. The same scenario gives the same run. */
export interface Scenario {
  readonly seed: number;
  readonly before: Before;
  readonly strategy: StrategyConfig;
  readonly approval: ApprovalPolicy | null;
  readonly criteria: readonly Criterion[];
  readonly monitoring: MonitoringPolicy;
  /** Where an earlier one is `warm`: what it was watched with; null: its record is too old to say. */
  readonly warmMonitoring: MonitoringPolicy | null;
  /** What the user's own sources answer. */
  readonly readings: OpenReadingSource;
  /** `away`: no notification can be handed over. */
  readonly notifier: 'steady' | 'away';
  /** The second: what was recorded cannot be read again from its beginning. */
  readonly evidence: 'steady' | 'unreadable as a whole';
  readonly instances: number;
  /** How many the stable revision runs on. */
  readonly stableInstances: number;
  readonly rollbackWindowMs: number;
  readonly requestsPerSecond: number;
  readonly candidate: Partial<Behaviour>;
  readonly checks: 'pass' | 'fail';
  readonly metrics: 'steady' | 'flapping' | 'silent';
  /** `away`: its first answers to the closing are failures. */
  readonly ledger: 'steady' | 'away';
  readonly chaos: Chaos;
  readonly isKilledAt: (task: number) => boolean;
  readonly happenings: readonly Happening[];
  /** Changes the plan before the workflow gets it: for planted mistakes. */
  readonly replan: (plan: RolloutPlan) => RolloutPlan;
}

/**
 * What the deployment finds. An earlier run that is gone left its claim open: `abandoned` with its split and a fleet,
 * `half-rolled` between two batches, `in-the-gap` with requests waiting at the router and nothing that serves. `warm`: one
 * that is live made way, and its old fleet stands by.
 */
export type Before = 'serving' | 'nothing' | 'abandoned' | 'half-rolled' | 'in-the-gap' | 'warm';

/** Once, as soon as the condition holds (looked at after each workflow task), and then so much later. */
export interface Happening {
  readonly when: (status: DeploymentStatus) => boolean;
  readonly plusMs: number;
  readonly what: Event;
}

export type Event =
  | { readonly kind: 'decide'; readonly decision: (status: DeploymentStatus) => Decision }
  | { readonly kind: 'signal'; readonly payload: unknown }
  | { readonly kind: 'undecodable' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'await-decision'; readonly id: string }
  | {
      readonly kind: 'behave';
      readonly who: 'stable' | 'candidate';
      readonly change: Partial<Behaviour>;
    }
  /** So many instances die by themselves, and a supervisor starts them again. */
  | { readonly kind: 'lose'; readonly who: 'stable' | 'candidate'; readonly instances: number }
  | { readonly kind: 'mend'; readonly who: 'stable' | 'candidate' }
  | { readonly kind: 'platform'; readonly available: 'up' | 'down' }
  | { readonly kind: 'traffic'; readonly requestsPerSecond: number };

/** One happening, as the list that a scenario takes. */
export function once(when: Happening['when'], what: Event, plusMs = 0): readonly Happening[] {
  return [{ when, plusMs, what }];
}

export const REF: ServiceRef = { service: 'shop', environment: 'production' };
export const DEPLOYMENT_ID = 'shop-production-01kax0000000000000000000aa';
export const ARTIFACTS = {
  older: '/artifacts/older',
  stable: '/artifacts/stable',
  candidate: '/artifacts/candidate',
} as const;

const STEP_BAKE = { leastMs: 5_000, longestMs: 20_000, minimumRequests: 20 };

export const BLUE_GREEN: StrategyConfig = { kind: 'blue-green' };
export const CANARY: StrategyConfig = {
  kind: 'canary',
  steps: [20, 50, 100].map((weight) => ({ weight, bake: STEP_BAKE })),
};
export const ROLLING: RollingConfig = {
  kind: 'rolling',
  maxSurge: { unit: 'percent', percent: 25 },
  maxUnavailable: { unit: 'percent', percent: 25 },
  bake: STEP_BAKE,
};
export const RECREATE: RecreateConfig = {
  kind: 'recreate',
  mostWaitMs: 30_000,
  overlap: 'none',
};

export const ERROR_GUARD: Criterion = {
  id: 'automatic/error_rate',
  metric: 'error_rate',
  threshold: 3,
  unit: 'percent',
  badWhen: 'above',
  comparison: 'absolute',
  source: null,
  durationMs: 3_000,
  severity: 'critical',
  action: 'rollback',
  minimumSamples: 5,
  alsoWhenBaselineBreaches: false,
};

export const LATENCY_QUESTION: Criterion = {
  ...ERROR_GUARD,
  id: 'manual/response_time_p95',
  metric: 'response_time_p95',
  threshold: 300,
  unit: 'ms',
  severity: 'medium',
  action: 'ask',
};

/** A healthy canary without a person, on a calm day. */
export const PLAIN: Scenario = {
  seed: 1,
  before: 'serving',
  strategy: CANARY,
  approval: null,
  criteria: [ERROR_GUARD, LATENCY_QUESTION],
  monitoring: DEFAULT_MONITORING,
  warmMonitoring: null,
  readings: () => ({ readings: async () => [], check: async () => [] }),
  notifier: 'steady',
  evidence: 'steady',
  instances: 2,
  stableInstances: 2,
  rollbackWindowMs: 20_000,
  requestsPerSecond: 100,
  candidate: {},
  checks: 'pass',
  metrics: 'steady',
  ledger: 'steady',
  chaos: CALM,
  isKilledAt: () => false,
  happenings: [],
  replan: (plan) => plan,
};

export function requestOf(scenario: Scenario, requestedAtMs: number): DeploymentRequest {
  const { strategy, approval, criteria, instances, rollbackWindowMs } = scenario;
  return {
    schemaVersion: 1,
    deploymentId: DEPLOYMENT_ID,
    requestKey: null,
    ...REF,
    initiator: 'ci',
    reason: null,
    requestedAtMs,
    artifact: { kind: 'files', path: ARTIFACTS.candidate, commit: 'c0ffee' },
    run: RUN,
    target: { kind: 'memory' },
    instances,
    strategy,
    verify: { leastMs: 5_000, longestMs: 20_000, minimumRequests: 20 },
    rollbackWindowMs,
    criteria,
    monitoring: scenario.monitoring,
    gates: [],
    checks: POLICY,
    facts: FACTS,
    configFolder: '/nowhere',
    approval,
    dependsOn: [],
    restores: null,
    notes: [],
  };
}

export const RUN: DeploymentRequest['run'] = {
  command: ['node', 'server.js'],
  env: {},
  secrets: [],
  health: { path: '/health', intervalMs: 500, timeoutMs: 500, healthyAfter: 2, unhealthyAfter: 3 },
  stopGraceMs: 1_000,
  startWithinMs: 10_000,
  drainMs: 2_000,
};

let lastDecision = 0;

/** A decision as the client would send it, valid unless told otherwise. */
export function decide(kind: DecisionKind, change: Partial<Decision> = {}): Event {
  const id = (lastDecision += 1);
  return {
    kind: 'decide',
    decision: ({ planDigest, startedAtMs }) => ({
      v: 1,
      id: `decision-${id}`,
      deploymentId: DEPLOYMENT_ID,
      kind,
      actor: 'alice',
      reason: null,
      issuedAt: startedAtMs,
      expiresAt: startedAtMs + 7 * 24 * 3_600_000,
      ...(planDigest === null ? {} : { planDigest }),
      ...change,
    }),
  };
}

export function inPhase(phase: DeploymentStatus['phase']): Happening['when'] {
  return (status) => status.phase === phase;
}

/** While the candidate is watched at so many percent. */
export function bakingAt(weight: number): Happening['when'] {
  return ({ step, weights }) => step?.includes('bake') === true && weights?.candidate === weight;
}

export function doingStep(name: string): Happening['when'] {
  return ({ step, steps }) =>
    step?.includes(name) === true && steps.find(({ id }) => id === step)?.state === 'doing';
}

export function waitingFor(what: string): Happening['when'] {
  return (status) => status.waitingFor === what;
}

export const AT_ONCE: Happening['when'] = () => true;
