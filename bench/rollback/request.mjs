import { checks, facts } from './checks.mjs';

const longMs = 120_000;
/** Nobody reaches so many requests: the step ends with a question. */
const UNREACHABLE = 1_000_000_000;
const steady = { leastMs: 60_000, longestMs: longMs, minimumRequests: 0 };
/** A row of shifts needs some room. */
const RISING = [4, 8, 12, 16, 20, 24, 28, 32, 36, 40];

/** How each moment is reached. `bake` by lot: in front of a split, or of everybody's traffic. */
function rolloutFor(moment, random) {
  switch (moment) {
    case 'shift':
    case 'settle':
      return { strategy: canary(RISING, steady), verify: tinyVerify };
    case 'bake':
      return random() < 0.5
        ? { strategy: canary([10 + Math.floor(random() * 80)], steady), verify: tinyVerify }
        : { strategy: { kind: 'blue-green' }, verify: longEnough };
    case 'ask':
      return {
        strategy: canary([25], { leastMs: 0, longestMs: 2_000, minimumRequests: UNREACHABLE }),
        verify: tinyVerify,
      };
    case 'warm':
      return { strategy: { kind: 'blue-green' }, verify: tinyVerify };
  }
}

/** After a rollback stable is watched as long as a deployment is verified, and nothing here waits for that watch. */
const tinyVerify = { leastMs: 0, longestMs: 30_000, minimumRequests: 0 };
/** The decision comes at most a few seconds after everybody's traffic did. */
const longEnough = { leastMs: 10_000, longestMs: longMs, minimumRequests: 0 };

/**
 * A request for a revision of the shop that nobody has seen: the same files, another value in its environment.
 *
 * @param {{deploymentId: string, requestedAtMs: number, artifact: string, port: number, environment: string, label: string, moment: string | null, random: () => number}} options
 *   `moment` null: the one that serves before all others
 */
export function requestFor(options) {
  const { deploymentId, requestedAtMs, artifact, port, environment, label, moment, random } =
    options;
  const first = { strategy: { kind: 'blue-green' }, verify: tinyVerify };
  return {
    schemaVersion: 1,
    deploymentId,
    requestKey: null,
    service: 'shop',
    environment,
    initiator: 'bench',
    reason: label,
    requestedAtMs,
    artifact: { kind: 'files', path: artifact, commit: null },
    run: {
      command: [process.execPath, 'server.js'],
      env: { BENCH_REVISION: label },
      secrets: [],
      health: {
        path: '/health',
        intervalMs: 200,
        timeoutMs: 2_000,
        healthyAfter: 1,
        unhealthyAfter: 3,
      },
      stopGraceMs: 5_000,
      startWithinMs: 30_000,
      drainMs: 1_000,
    },
    target: { kind: 'local', listen: port },
    instances: moment === null ? 2 : 1,
    ...(moment === null ? first : rolloutFor(moment, random)),
    rollbackWindowMs: moment === null ? 0 : longMs,
    criteria: [errorRate],
    monitoring,
    gates: [],
    checks,
    facts,
    configFolder: '/',
    approval: null,
    dependsOn: [],
    restores: null,
    notes: [],
  };
}

function canary(weights, bake) {
  return { kind: 'canary', steps: weights.map((weight) => ({ weight, bake })) };
}

const monitoring = {
  monitors: { health: 'on', performance: 'on', errors: 'on', business: 'on' },
  alerting: 'on',
  onNoData: 'ask',
  probe: null,
  sources: [],
  performance: { apdexTargetMs: 500, thresholds: null },
  channels: [],
};

const errorRate = {
  id: 'automatic/error_rate',
  metric: 'error_rate',
  threshold: 5,
  unit: 'percent',
  badWhen: 'above',
  comparison: 'absolute',
  source: null,
  durationMs: 5_000,
  severity: 'critical',
  action: 'rollback',
  minimumSamples: 20,
  alsoWhenBaselineBreaches: false,
};
