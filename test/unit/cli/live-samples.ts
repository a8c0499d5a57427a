import type { StatusView } from '../../../src/client/index';
import type { ShownView } from '../../../src/cli/output/live/shown-view';
import type { Verdict } from '../../../src/domain/analysis/verdict';
import type { PerformanceResult } from '../../../src/domain/monitoring/performance';
import type { OpenAlert } from '../../../src/domain/monitoring/session';
import { sparseStatus } from '../../../src/domain/sparse-status';
import type { DeploymentStatus } from '../../../src/domain/status';
import { aRecord, aStatus, DEPLOYMENT, PLAN, REF, START_MS } from '../client/samples';
import {
  APPROVALS,
  at,
  BEFORE,
  CANARY_STEPS,
  done,
  EVIDENCE,
  LIMITS,
  LOOK,
  NOT_YET,
  ORIGIN,
  phase,
  SESSION,
  step,
} from './live-parts';

export { NOW_MS } from './live-parts';

function running(change: Partial<DeploymentStatus> = {}): DeploymentStatus {
  return aStatus({
    step: '05-bake-20',
    planDigest: PLAN,
    weights: { stable: 80, candidate: 20 },
    observed: { stable: 80, candidate: 20 },
    phases: [...BEFORE, phase('rollout', [100, null])],
    steps: CANARY_STEPS,
    verdict: NOT_YET,
    totals: { stable: { requests: 6_112, errors: 3 }, candidate: { requests: 1_444, errors: 1 } },
    session: SESSION,
    undo: 'back to aaaaaaaaaaaa, one weight change, in seconds',
    decisions: APPROVALS,
    firstTrafficAtMs: at(103),
    ...change,
  });
}

function shown(status: DeploymentStatus, change: Partial<ShownView> = {}): ShownView {
  const view: StatusView = {
    source: 'workflow',
    status,
    workflowId: 'deploy/shop/production',
    runId: 'run-1',
    because: null,
    origin: ORIGIN,
  };
  return { ...view, ...change };
}

const VALUES = {
  'automatic/error_rate': [0.05, 0.04, null, 0.2, 0.09, 0.06],
  'automatic/response_time_p95': [179, 182, 190, 214, 201, 188.25],
};

export function midBake(change: Partial<DeploymentStatus> = {}): ShownView {
  return shown(running(change), { look: LOOK, values: VALUES });
}

export function waitingForApproval(): ShownView {
  const status = running({
    phase: 'authorize',
    step: null,
    weights: { stable: 100, candidate: 0 },
    observed: { stable: 100, candidate: 0 },
    phases: [...BEFORE.slice(0, 3), phase('authorize', [21, null])],
    steps: CANARY_STEPS.map((one) =>
      step(one.id, one.kind, {
        phase: one.phase,
        summary: one.summary,
        candidateWeight: one.candidateWeight,
        limits: one.limits,
      }),
    ),
    verdict: null,
    totals: null,
    session: null,
    decisions: APPROVALS.slice(0, 1),
    waitingFor: 'approval',
    untilMs: at(3_600),
    ifNothing: 'rejected',
    firstTrafficAtMs: null,
  });
  return shown(status);
}

export function paused(): ShownView {
  const pause = aRecord({
    id: 'd3',
    kind: 'pause',
    actor: 'carol',
    receivedAtMs: at(150),
    sentence: 'the dwell clock stands still; the watch goes on',
  });
  const status = running({
    waitingFor: 'resume',
    untilMs: at(3_750),
    ifNothing: 'rolled back',
    decisions: [...APPROVALS, pause],
  });
  return shown(status, { look: LOOK, values: VALUES });
}

const HARM: Verdict = {
  kind: 'harm',
  rule: 'guard:automatic/error_rate',
  sentence:
    '28 of 1 204 requests failed (2.31 %, limit 0.55 %) in the last 15 s; stable 0.05 % of 4 810.',
  evidence: EVIDENCE.map((one, index) =>
    index === 0 ? { ...one, state: 'breached', value: 2.31 } : one,
  ),
  window: 25,
};

export function rolledBack(): ShownView {
  const { steps } = running();
  const status = running({
    phase: 'ended',
    step: null,
    outcome: 'rolled-back',
    cause: HARM.sentence,
    weights: { stable: 100, candidate: 0 },
    observed: { stable: 100, candidate: 0 },
    phases: [
      ...BEFORE,
      phase('rollout', [100, 178]),
      phase('rollback', [178, 179], 'aaaaaaaaaaaa at 100 %, observed'),
    ],
    steps,
    verdict: HARM,
    totals: { stable: { requests: 6_112, errors: 3 }, candidate: { requests: 1_483, errors: 34 } },
    decidedAtMs: at(178),
    safeAtMs: at(179),
    endedAtMs: at(179),
  });
  return shown(status, { values: VALUES });
}

const ALERT: OpenAlert = {
  monitor: 'errors',
  severity: 'high',
  sinceMs: at(120),
  issues: ['errors/error_rate'],
  sentence: '19 of 4 810 requests failed (0.4 %, limit 0.3 %) in the last 60 s',
};

export function warmWithOpenAlert(): ShownView {
  const status = running({
    phase: 'warm',
    step: '08-warm',
    live: true,
    liveAtMs: at(170),
    weights: { stable: 0, candidate: 100 },
    observed: { stable: 0, candidate: 100 },
    phases: [
      ...BEFORE,
      phase('rollout', [100, 150]),
      phase('verify', [150, 170], 'verified at 100 %'),
      phase('warm', [170, null]),
    ],
    steps: CANARY_STEPS.map((one) =>
      one.id === '08-warm'
        ? { ...one, state: 'doing', startedAtMs: at(170) }
        : { ...one, ...done(100, 150) },
    ),
    openAlerts: [ALERT],
    alerts: [`errors: ${ALERT.sentence}`],
  });
  return shown(status, { look: { ...LOOK, stepRequests: 4_810 }, values: VALUES });
}

const PERFORMANCE: PerformanceResult = {
  passed: false,
  verdict: 'failed',
  reason: 'p95 was 612 ms over 1 204 requests in 60 s, at most 500 ms',
  durationMs: 60_000,
  metrics: [
    {
      metric: 'p50',
      unit: 'ms',
      value: 81,
      stable: 80,
      limit: 200,
      samples: 1_204,
      state: 'within',
    },
    {
      metric: 'p95',
      unit: 'ms',
      value: 612,
      stable: 181,
      limit: 500,
      samples: 1_204,
      state: 'beyond',
    },
    {
      metric: 'throughput',
      unit: 'per-minute',
      value: 1_204,
      stable: 1_190,
      limit: 5_000,
      samples: 1_204,
      state: 'reported',
    },
    {
      metric: 'apdex',
      unit: 'score',
      value: 0.84,
      stable: 0.93,
      limit: null,
      samples: 1_204,
      state: 'reported',
    },
  ],
};

export function verifyWithPerformance(): ShownView {
  const status = running({
    phase: 'verify',
    step: '07-verify',
    weights: { stable: 0, candidate: 100 },
    observed: { stable: 0, candidate: 100 },
    phases: [...BEFORE, phase('rollout', [100, 150]), phase('verify', [150, null])],
    steps: CANARY_STEPS.map((one) => {
      if (one.id === '07-verify') return { ...one, state: 'doing', startedAtMs: at(150) };
      return one.phase === 'rollout' ? { ...one, ...done(100, 150) } : one;
    }),
    performance: PERFORMANCE,
  });
  return shown(status, { look: LOOK, values: VALUES });
}

export function firstDeployment(): ShownView {
  const status = running({
    strategy: 'first',
    stable: null,
    step: '03-verify',
    phase: 'verify',
    weights: { stable: 0, candidate: 100 },
    observed: { stable: 0, candidate: 100 },
    phases: [...BEFORE.slice(0, 3), phase('rollout', [21, 30]), phase('verify', [30, null])],
    steps: [
      step('01-launch', 'launch', {
        summary: 'Start 2 instances of bbbbbbbbbbbb',
        ...done(21, 25),
      }),
      step('02-shift-100', 'shift', { candidateWeight: 100, ...done(25, 30, 'observed') }),
      step('03-verify', 'bake', {
        phase: 'verify',
        candidateWeight: 100,
        limits: LIMITS,
        state: 'doing',
        startedAtMs: at(150),
      }),
    ],
    verdict: {
      ...NOT_YET,
      evidence: EVIDENCE.slice(0, 2).map((one) => ({ ...one, baseline: null })),
    },
    totals: { stable: { requests: 0, errors: 0 }, candidate: { requests: 1_204, errors: 1 } },
    session: { ...SESSION, healthy: null, score: null, monitors: [] },
    decisions: [],
    undo: 'nothing serves any more: nothing did before',
  });
  const origin = { commit: null, reason: null, approvalsNeeded: null };
  return shown(status, { look: LOOK, origin });
}

/** What Temporal's search attributes alone say. */
export function sparse(): ShownView {
  const status: DeploymentStatus = {
    ...sparseStatus(DEPLOYMENT, REF),
    revision: 'bbbbbbbbbbbb',
    strategy: 'canary',
    phase: 'rollout',
    weights: { stable: 80, candidate: 20 },
    initiator: 'ci',
    startedAtMs: START_MS,
  };
  const because = 'no worker answered within 2 s';
  const { origin: _origin, ...view } = shown(status, { source: 'temporal', because });
  return view;
}

export const FRAMES: Readonly<Record<string, () => ShownView>> = {
  'waiting for an approval': waitingForApproval,
  'a canary in mid-bake with its monitors': midBake,
  'a failure that was rolled back': rolledBack,
  'warm with an open alert': warmWithOpenAlert,
  'verify with a performance result': verifyWithPerformance,
  'a first deployment': firstDeployment,
  paused,
  'sparse, from search attributes': sparse,
};
