import type { PlannedRollout } from '../../../src/domain/rollout/plan';
import { aRequest, NEW, OLD, PLAN } from '../client/samples';

/** A blue-green plan of three steps. */
export function aPlan(): PlannedRollout {
  const { run } = aRequest();
  return {
    digest: PLAN,
    plan: {
      planVersion: 1,
      service: 'shop',
      environment: 'production',
      strategy: 'blue-green',
      stable: OLD,
      candidate: {
        digest: NEW,
        artifact: NEW,
        command: run.command,
        env: {},
        secrets: [],
        health: run.health,
        stopGraceMs: 1_000,
        commit: null,
      },
      instances: 2,
      steps: [
        {
          id: '01-launch',
          phase: 'rollout',
          kind: 'launch',
          summary: 'launch 2 instances',
          deadlineMs: 5_000,
          undo: { class: 'capacity', kind: 'retire-fleet', revision: NEW, drainMs: 1_000 },
          revision: NEW,
          size: 2,
        },
        {
          id: '02-shift-100',
          phase: 'rollout',
          kind: 'shift',
          summary: 'shift everybody',
          deadlineMs: 90_000,
          undo: { class: 'weights', kind: 'restore-weights', weights: { [OLD]: 100 } },
          weights: { [NEW]: 100 },
        },
        {
          id: '03-drain',
          phase: 'finish',
          kind: 'drain',
          summary: 'drain the old fleet',
          deadlineMs: 7_200_000,
          undo: null,
          revision: OLD,
          timeoutMs: 1_000,
        },
      ],
      wayBack: { kind: 'shift' },
      criteria: [
        {
          criterion: {
            id: 'automatic/error_rate',
            metric: 'error_rate',
            threshold: 3,
            unit: 'percent',
            badWhen: 'above',
            comparison: 'absolute',
            source: null,
            durationMs: 15_000,
            severity: 'critical',
            action: 'rollback',
            minimumSamples: 20,
            alsoWhenBaselineBreaches: false,
          },
          completeIn: '02-shift-100',
        },
      ],
      notes: ['`infrastructure` has no effect yet'],
    },
  };
}
