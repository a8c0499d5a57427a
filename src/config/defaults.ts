import type { BakeLimits, CanaryStep } from '../domain/rollout/strategy';

/** What holds where the file says nothing. docs/configuration/README.md gives the reason for each. */
export const DEFAULTS = {
  environment: 'default',
  instances: 2,
  rollbackWindowMs: 900_000,
  stopGraceMs: 10_000,
  drainMs: 30_000,
  startWithinMs: 60_000,
  health: { intervalMs: 1_000, timeoutMs: 2_000, healthyAfter: 2, unhealthyAfter: 2 },
  verify: { leastMs: 60_000, longestMs: 180_000, minimumRequests: 0 },
  approval: { quorum: 1, deadlineMs: 86_400_000 },
  /** Requests that the candidate must have answered before a canary step may end. */
  stepRequests: 20,
  /** In the units of the file. */
  rolling: { maxSurge: '25%', maxUnavailable: '25%', pause: 30, pauseRequests: 0 },
  recreate: { queue: 30, overlap: 'none' },
  /** Requests a second to each revision. */
  probePerSecond: 1,
  /** In the units of the file. A window holds four scrapes of the usual 15 s. */
  metricSource: { resolution: 60, lag: 30, timeout: 5 },
  /** In the units of the file; timeouts of build and tests are the specification's. */
  checks: {
    parallelJobs: 4,
    build: 600,
    unitTests: 300,
    integrationTests: 900,
    testEnvironment: 'test',
    syntax: 60,
    tool: 300,
    advisoriesMaxAge: 604_800,
  },
} as const;

/** The longest time of a watch is this many times its least. */
export const LONGEST_FACTOR = 3;

const STEP: BakeLimits = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 50 };

/** Four steps: at least 4 minutes, at most 12, and each only with enough requests to judge. */
export const DEFAULT_CANARY_STEPS: readonly CanaryStep[] = [5, 20, 50, 100].map((weight) => ({
  weight,
  bake: STEP,
}));

/** The specification's own canary, in the units of the file: `preset: seed`. */
export const SPECIFICATION_CANARY = {
  initialTraffic: 5,
  incrementStep: 10,
  maxTraffic: 100,
  evaluationPeriod: 300,
  successThreshold: 99.5,
} as const;

/** The specification's automatic criteria, in the units of the file: they guard a file that names none. */
export const SPECIFICATION_CRITERIA = {
  automatic: [
    { metric: 'error_rate', threshold: 5, duration: 60, severity: 'critical' },
    { metric: 'response_time_p99', threshold: 5000, duration: 120, severity: 'critical' },
    { metric: 'availability', threshold: 95, duration: 30, severity: 'critical' },
  ],
} as const;
