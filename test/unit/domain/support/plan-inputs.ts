import { DEFAULT_MONITORING } from '../../../../src/domain/monitoring/policy';
import type { Criterion } from '../../../../src/domain/analysis/criterion';
import type { Revision } from '../../../../src/domain/revision';
import type { PlanInput } from '../../../../src/domain/rollout/plan-input';
import type {
  CanaryStep,
  RecreateConfig,
  RollingConfig,
} from '../../../../src/domain/rollout/strategy';
import { LOCAL_TARGET } from '../../../../src/domain/targets/local';

export const STABLE = `sha256:${'a'.repeat(64)}`;
export const CANDIDATE = `sha256:${'b'.repeat(64)}`;

export const REVISION: Revision = {
  digest: CANDIDATE,
  artifact: `sha256:${'c'.repeat(64)}`,
  command: ['node', 'server.js'],
  env: {},
  secrets: [],
  health: {
    path: '/health',
    intervalMs: 1_000,
    timeoutMs: 1_000,
    healthyAfter: 2,
    unhealthyAfter: 3,
  },
  stopGraceMs: 10_000,
  commit: null,
};

export const LIMITS = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 50 };

export const ERROR_RATE: Criterion = {
  id: 'automatic/error_rate',
  metric: 'error_rate',
  threshold: 5,
  unit: 'percent',
  badWhen: 'above',
  comparison: 'absolute',
  source: null,
  durationMs: 60_000,
  severity: 'critical',
  action: 'rollback',
  minimumSamples: 20,
  alsoWhenBaselineBreaches: false,
};

export function canaryAt(...weights: readonly number[]): readonly CanaryStep[] {
  return weights.map((weight) => ({ weight, bake: LIMITS }));
}

export const ROLLING: RollingConfig = {
  kind: 'rolling',
  maxSurge: { unit: 'percent', percent: 25 },
  maxUnavailable: { unit: 'percent', percent: 25 },
  bake: { leastMs: 30_000, longestMs: 90_000, minimumRequests: 0 },
};

export const RECREATE: RecreateConfig = { kind: 'recreate', mostWaitMs: 30_000, overlap: 'none' };

export function planInput(changes: Partial<PlanInput> = {}): PlanInput {
  return {
    service: 'shop',
    environment: 'production',
    stable: STABLE,
    standingBy: 0,
    stableInstances: changes.stable === null ? 0 : (changes.instances ?? 2),
    candidate: REVISION,
    instances: 2,
    strategy: { kind: 'canary', steps: canaryAt(5, 20, 50, 100) },
    verify: { leastMs: 30_000, longestMs: 90_000, minimumRequests: 20 },
    rollbackWindowMs: 900_000,
    criteria: [ERROR_RATE],
    monitoring: DEFAULT_MONITORING,
    trafficPerSecond: null,
    capabilities: LOCAL_TARGET,
    startWithinMs: 60_000,
    drainMs: 30_000,
    notes: [],
    ...changes,
  };
}
