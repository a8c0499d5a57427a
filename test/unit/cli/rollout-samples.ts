import type { DeploymentStatus, StepStatus } from '../../../src/domain/status';
import { aRecord, aStatus, PLAN, START_MS } from '../client/samples';

const at = (seconds: number): number => START_MS + seconds * 1_000;

function step(
  change: Partial<StepStatus> & Pick<StepStatus, 'id' | 'kind' | 'summary'>,
): StepStatus {
  return {
    phase: 'rollout',
    state: 'to do',
    startedAtMs: null,
    endedAtMs: null,
    result: null,
    candidateWeight: null,
    limits: null,
    ...change,
  };
}

/** A canary in mid-bake at 20 %, 90 s after the start. */
export const NOW_MS = at(90);

export function inMidBake(change: Partial<DeploymentStatus> = {}): DeploymentStatus {
  return aStatus({
    step: '04-bake-20',
    planDigest: PLAN,
    weights: { stable: 80, candidate: 20 },
    observed: { stable: 80, candidate: 20 },
    phases: [
      { phase: 'store', startedAtMs: at(0), endedAtMs: at(1), result: '7 files, 12 kB' },
      { phase: 'scan', startedAtMs: at(1), endedAtMs: at(3), result: 'no secrets in 7 files' },
      { phase: 'rollout', startedAtMs: at(3), endedAtMs: null, result: null },
    ],
    steps: [
      step({
        id: '01-launch',
        kind: 'launch',
        summary: 'launch 2 instances',
        state: 'done',
        startedAtMs: at(3),
        endedAtMs: at(5),
      }),
      step({
        id: '03-shift-20',
        kind: 'shift',
        summary: 'shift to 20 %',
        state: 'done',
        startedAtMs: at(5),
        endedAtMs: at(6),
        result: 'observed',
      }),
      step({
        id: '04-bake-20',
        kind: 'bake',
        summary: 'watch 60 s at 20 %',
        state: 'doing',
        startedAtMs: at(6),
        candidateWeight: 20,
      }),
      step({ id: '05-shift-100', kind: 'shift', summary: 'shift to 100 %' }),
    ],
    verdict: {
      kind: 'not-yet',
      rule: 'least-time',
      sentence: 'nothing breached; 24 s of the least time are left',
      evidence: [
        {
          criterion: 'automatic/error_rate',
          metric: 'error_rate',
          state: 'clear',
          value: 0.06,
          baseline: 0.05,
          threshold: 3,
          samples: 1_290,
          durationMs: 15_000,
        },
      ],
      window: 12,
    },
    totals: { stable: { requests: 8_000, errors: 4 }, candidate: { requests: 2_000, errors: 1 } },
    decisions: [aRecord({ receivedAtMs: at(2), sentence: 'one of one' })],
    notes: ['`autoPromote` of staging has no effect yet'],
    firstTrafficAtMs: at(6),
    ...change,
  });
}

export function rolledBack(): DeploymentStatus {
  const status = inMidBake();
  return inMidBake({
    phase: 'ended',
    step: null,
    outcome: 'rolled-back',
    cause: 'error_rate 8.1 % is above 3 % over 15 s (n 420)',
    weights: { stable: 100, candidate: 0 },
    observed: { stable: 100, candidate: 0 },
    phases: [
      ...status.phases.map((phase) => ({ ...phase, endedAtMs: phase.endedAtMs ?? at(40) })),
      {
        phase: 'rollback',
        startedAtMs: at(40),
        endedAtMs: at(41),
        result: 'stable at 100 % observed',
      },
    ],
    decidedAtMs: at(40),
    safeAtMs: at(41),
    endedAtMs: at(42),
  });
}

export function awaitingApproval(): DeploymentStatus {
  return inMidBake({
    phase: 'authorize',
    step: null,
    weights: { stable: 100, candidate: 0 },
    observed: null,
    phases: [{ phase: 'authorize', startedAtMs: at(3), endedAtMs: null, result: null }],
    steps: [],
    verdict: null,
    totals: null,
    decisions: [],
    waitingFor: 'approval',
    untilMs: at(3_600),
    ifNothing: 'it is rejected',
  });
}
