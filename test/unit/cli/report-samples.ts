import type { Criterion } from '../../../src/domain/analysis/criterion';
import { bucketOf } from '../../../src/domain/analysis/histogram';
import type { Reading } from '../../../src/domain/analysis/reading';
import type { ArmWindow, Window } from '../../../src/domain/analysis/window';
import type { StepStatus } from '../../../src/domain/status';
import type { DeploymentReport } from '../../../src/cli/output/deployment-report/report';
import { aRecord, aStatus, START_MS } from '../client/samples';
import { ANALYSIS } from './ledger-samples';

export const at = (seconds: number): number => START_MS + seconds * 1_000;

export function anArm(
  change: Partial<ArmWindow> & { readonly latencyMs?: number } = {},
): ArmWindow {
  const { latencyMs = 20, ...rest } = change;
  const requests = rest.requests ?? 100;
  return {
    requests,
    errors: 0,
    latency: { buckets: requests === 0 ? [] : [[bucketOf(latencyMs), requests]] },
    healthChecksPassed: 2,
    healthChecksFailed: 0,
    ...rest,
  };
}

export function aWindow(second: number, change: Partial<Window> = {}): Window {
  return {
    number: at(second) / 1_000,
    fromMs: at(second),
    intervalMs: 1_000,
    arms: { candidate: anArm({ requests: 10 }), stable: anArm({ requests: 90 }) },
    candidateWeight: 10,
    ...change,
  };
}

export function aCriterion(change: Partial<Criterion> = {}): Criterion {
  return {
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
    ...change,
  };
}

export function aStep(change: Partial<StepStatus> = {}): StepStatus {
  return {
    id: '04-bake-10',
    kind: 'bake',
    phase: 'rollout',
    summary: 'Watch at 10 % for at least 20 s',
    state: 'done',
    startedAtMs: at(0),
    endedAtMs: at(20),
    result: 'Nothing is beyond a limit.',
    candidateWeight: 10,
    limits: { leastMs: 20_000, longestMs: 60_000, minimumRequests: 20 },
    ...change,
  };
}

/** A canary: fine at 10 %, failing at 50 %, with a gap, an alert and a person in between. */
export function aReport(change: Partial<DeploymentReport> = {}): DeploymentReport {
  return {
    status: aStatus({
      phase: 'ended',
      outcome: 'rolled-back',
      cause: '60 of 200 requests failed (30 %, limit 5 %) in the last 5 s',
      phases: [
        { phase: 'plan', startedAtMs: at(-10), endedAtMs: at(-6), result: 'canary' },
        { phase: 'rollout', startedAtMs: at(-6), endedAtMs: at(40), result: null },
        { phase: 'rollback', startedAtMs: at(40), endedAtMs: at(50), result: null },
      ],
      steps: [
        aStep(),
        aStep({
          id: '06-bake-50',
          summary: 'Watch at 50 %',
          state: 'failed',
          startedAtMs: at(20),
          endedAtMs: at(40),
          candidateWeight: 50,
        }),
      ],
      decisions: [aRecord({ receivedAtMs: at(12), kind: 'pause', sentence: 'it stays at 10 %' })],
      notes: ['5 % at 2 requests a second needs 10 minutes'],
      firstTrafficAtMs: at(0),
      decidedAtMs: at(40),
      safeAtMs: at(41),
      startedAtMs: at(-10),
      endedAtMs: at(50),
    }),
    commit: 'f'.repeat(40),
    reason: 'friday',
    criteria: [
      aCriterion(),
      aCriterion({
        id: 'manual/p99',
        metric: 'response_time_p99',
        unit: 'ms',
        threshold: 1_000,
        action: 'ask',
      }),
    ],
    thresholds: null,
    verdicts: [
      { stepId: '04-bake-10', kind: 'safe', rule: 'clear', sentence: 'Nothing is beyond a limit.' },
      {
        stepId: '06-bake-50',
        kind: 'harm',
        rule: 'guard:automatic/error_rate',
        sentence: '60 of 200 requests failed',
      },
    ],
    alerts: [
      {
        kind: 'raised',
        atMs: at(36),
        alert: {
          monitor: 'errors',
          severity: 'critical',
          sinceMs: at(36),
          issues: ['errors/error_rate'],
          sentence: '30 % of the requests fail',
        },
      },
    ],
    rollback: ANALYSIS,
    undone: ['all traffic back to aaaaaaaaaaaa'],
    exposure: { requests: 1_200, errors: 60 },
    windows: someWindows(),
    readings: someReadings(),
    verification: null,
    missing: [],
    version: '0.5.0',
    writtenAtMs: at(60),
    ...change,
  };
}

/** 40 s: 3 s that nobody watched, then errors and slow answers from the 35th on. */
function someWindows(): readonly Window[] {
  const seconds = Array.from({ length: 40 }, (_, second) => second);
  return seconds
    .filter((second) => second < 14 || second > 16)
    .map((second) => {
      const bad = second >= 35;
      const weight = second < 20 ? 10 : 50;
      const candidate = anArm({
        requests: weight,
        errors: bad ? weight * 0.3 : 0,
        latencyMs: bad ? 900 : 20 + (second % 5),
      });
      return aWindow(second, {
        candidateWeight: weight,
        arms: { candidate, stable: anArm({ requests: 100 - weight, latencyMs: 22 }) },
      });
    });
}

function someReadings(): readonly Reading[] {
  return [0, 1, 2, 3].map((number) => ({
    source: 'shop-metrics',
    number,
    fromMs: at(number * 10),
    intervalMs: 10_000,
    arms: {
      candidate:
        number === 2
          ? null
          : { business_metric_conversion: { kind: 'ratio', events: 3 + number, of: 100 } },
      stable: { business_metric_conversion: { kind: 'ratio', events: 40, of: 1_000 } },
    },
  }));
}
