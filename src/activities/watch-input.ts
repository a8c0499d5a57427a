import type { Criterion } from '../domain/analysis/criterion';
import type { JudgeConfig } from '../domain/analysis/judge';
import type { ServiceRef } from '../domain/deployment';
import type { MonitoringPolicy } from '../domain/monitoring/policy';
import type { OpenAlert } from '../domain/monitoring/session';
import type { Digest } from '../domain/revision';
import type { Weights } from '../domain/rollout/plan';
import type { BakeLimits } from '../domain/rollout/strategy';

/** One watch over a stretch of time. Absolute times, so that another attempt on another worker ends it at the same moment. */
export interface WatchInput {
  readonly deploymentId: string;
  readonly ref: ServiceRef;
  readonly stepId: string;
  readonly stable: Digest | null;
  readonly candidate: Digest;
  readonly weights: Weights;
  readonly criteria: readonly Criterion[];
  readonly limits: BakeLimits;
  /** Windows from here on count for the step's samples. */
  readonly stepStartedAtMs: number;
  /** Windows from here on count for the criteria: when this deployment's watching began. */
  readonly evidenceFromMs: number;
  /** Windows between here and there tell how stable did before it had company. */
  readonly beforeFromMs: number;
  /** The step may not end well before; null: not at all (paused, or a person is asked). */
  readonly leastAtMs: number | null;
  readonly longestAtMs: number;
  readonly pollMs: number;
  readonly monitoring: WatchedBy;
  /** What people were told of already. */
  readonly openAlerts: readonly OpenAlert[];
}

export type WatchedBy = Pick<
  MonitoringPolicy,
  'monitors' | 'alerting' | 'performance' | 'probe' | 'sources'
>;

/** The step may advance from `leastAtMs` on: a pause has moved it, so the least time counts from there. */
export function configOf(input: WatchInput): JudgeConfig {
  const leastMs =
    input.leastAtMs === null ? Number.MAX_SAFE_INTEGER : input.leastAtMs - input.stepStartedAtMs;
  return {
    criteria: input.criteria,
    limits: { ...input.limits, leastMs },
    stepStartedAtMs: input.stepStartedAtMs,
    pausedMs: 0,
    sources: Object.fromEntries(
      input.monitoring.sources.map(({ lagMs, name, resolutionMs }) => [
        name,
        { resolutionMs, lagMs },
      ]),
    ),
  };
}
