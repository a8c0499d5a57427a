import type { RunOrigin, WatchLook } from '../../../src/client/index';
import type { Evidence, Verdict } from '../../../src/domain/analysis/verdict';
import type { MonitoringSession, MonitorReport } from '../../../src/domain/monitoring/session';
import type { BakeLimits } from '../../../src/domain/rollout/strategy';
import type { PhaseStatus, StepStatus } from '../../../src/domain/status';
import { aRecord, START_MS } from '../client/samples';

export const at = (seconds: number): number => START_MS + seconds * 1_000;

/** 10:03:00: three minutes after the start. */
export const NOW_MS = at(180);

export const LIMITS: BakeLimits = { leastMs: 60_000, longestMs: 180_000, minimumRequests: 200 };
export const ORIGIN: RunOrigin = {
  commit: '9f2c1ab4c0de77aa9f2c1ab4c0de77aa9f2c1ab4',
  reason: 'the new checkout',
  approvalsNeeded: 2,
};
export const LOOK: WatchLook = { atMs: at(178), nextAtMs: at(183), stepRequests: 1_204 };

export function step(
  id: string,
  kind: StepStatus['kind'],
  change: Partial<StepStatus> = {},
): StepStatus {
  return {
    id,
    kind,
    phase: 'rollout',
    summary: id,
    state: 'to do',
    startedAtMs: null,
    endedAtMs: null,
    result: null,
    candidateWeight: null,
    limits: null,
    ...change,
  };
}

export const done = (
  from: number,
  to: number,
  result: string | null = null,
): Partial<StepStatus> => ({
  state: 'done',
  startedAtMs: at(from),
  endedAtMs: at(to),
  result,
});

export const CANARY_STEPS: readonly StepStatus[] = [
  step('01-launch', 'launch', {
    summary: 'Start 2 instances of bbbbbbbbbbbb',
    ...done(100, 102, '2 instances started'),
  }),
  step('02-shift-5', 'shift', { candidateWeight: 5, ...done(102, 103, 'observed') }),
  step('03-bake-5', 'bake', {
    candidateWeight: 5,
    limits: LIMITS,
    ...done(
      103,
      130,
      'Nothing is beyond a limit: watched 27 s, 240 requests answered, 0 failed (0 %).',
    ),
  }),
  step('04-shift-20', 'shift', { candidateWeight: 20, ...done(130, 132, 'observed') }),
  step('05-bake-20', 'bake', {
    candidateWeight: 20,
    limits: LIMITS,
    state: 'doing',
    startedAtMs: at(132),
  }),
  step('06-shift-100', 'shift', { candidateWeight: 100 }),
  step('07-verify', 'bake', { phase: 'verify', candidateWeight: 100, limits: LIMITS }),
  step('08-warm', 'bake', {
    phase: 'warm',
    candidateWeight: 100,
    limits: { leastMs: 600_000, longestMs: 600_000, minimumRequests: 0 },
  }),
];

export const phase = (
  name: PhaseStatus['phase'],
  [from, to]: readonly [from: number, to: number | null],
  result: string | null = null,
): PhaseStatus => ({
  phase: name,
  startedAtMs: at(from),
  endedAtMs: to === null ? null : at(to),
  result,
});

export const BEFORE: readonly PhaseStatus[] = [
  phase('store', [0, 1], '8 files, 18.2 kB'),
  phase('scan', [1, 20], '3 of 3 scans complete; 0 critical, 2 high'),
  phase('plan', [20, 21], 'canary, 8 steps'),
  phase('authorize', [21, 100], 'approved by alice and bob'),
];

export const APPROVALS = [
  aRecord({ id: 'd1', receivedAtMs: at(60), effect: 'counted', sentence: '1 of 2' }),
  aRecord({ id: 'd2', actor: 'bob', receivedAtMs: at(99), effect: 'counted', sentence: '2 of 2' }),
];

export const EVIDENCE: readonly Evidence[] = [
  {
    criterion: 'automatic/error_rate',
    metric: 'error_rate',
    state: 'clear',
    value: 0.06,
    baseline: 0.05,
    threshold: 0.55,
    samples: 1_204,
    durationMs: 15_000,
  },
  {
    criterion: 'automatic/response_time_p95',
    metric: 'response_time_p95',
    state: 'clear',
    value: 188.25,
    baseline: 181,
    threshold: 217,
    samples: 1_203,
    durationMs: 15_000,
  },
  {
    criterion: 'manual/availability',
    metric: 'availability',
    state: 'too-few',
    value: 100,
    baseline: null,
    threshold: 99,
    samples: 3,
    durationMs: 60_000,
    before: { value: 99.98, samples: 5_000 },
  },
  {
    criterion: 'manual/conversion',
    metric: 'business_metric_conversion',
    state: 'incomplete',
    value: -4.1,
    baseline: null,
    threshold: -10,
    samples: 40,
    durationMs: 60_000,
    unit: 'percent',
    comparison: 'relative-to-stable',
    source: 'prometheus',
  },
];

export const NOT_YET: Verdict = {
  kind: 'not-yet',
  rule: 'least-time',
  sentence: 'Not yet: watched 46 s of 1 m, 1 204 requests answered, 1 failed (0.08 %).',
  evidence: EVIDENCE,
  window: 23,
};

function monitor(
  name: MonitorReport['monitor'],
  change: Partial<MonitorReport> = {},
): MonitorReport {
  const report = { state: 'watching', healthy: true, score: 100, issues: [], values: [] } as const;
  return { monitor: name, ...report, ...change };
}

export const SESSION: MonitoringSession = {
  atMs: at(178),
  healthy: false,
  score: 89,
  monitors: [
    monitor('health'),
    monitor('performance', {
      healthy: false,
      score: 67,
      issues: [
        {
          key: 'performance/apdex',
          severity: 'medium',
          sentence:
            'Apdex is 0.84 over 1 203 requests in the last 60 s (at least 0.9); stable 0.93',
        },
      ],
      values: [{ name: 'apdex', unit: 'score', candidate: 0.84, stable: 0.93, samples: 1_203 }],
    }),
    monitor('errors'),
    monitor('business', { state: 'no-data', healthy: null, score: null }),
  ],
};
