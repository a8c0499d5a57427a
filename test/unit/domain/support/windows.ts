import { bucketOf } from '../../../../src/domain/analysis/histogram';
import type { JudgeConfig } from '../../../../src/domain/analysis/judge';
import type { ArmWindow, Window } from '../../../../src/domain/analysis/window';

export const SECOND_MS = 1_000;

/** What one revision did; every answered request took `latencyMs`. */
export function arm(requests: number, errors = 0, more: Partial<ArmSpec> = {}): ArmWindow {
  const { latencyMs = 50, passed = 2, failed = 0 } = more;
  return {
    requests,
    errors,
    latency: { buckets: requests === 0 ? [] : [[bucketOf(latencyMs), requests]] },
    healthChecksPassed: passed,
    healthChecksFailed: failed,
  };
}

/** The same, with so many synthetic requests beside those of users. */
export function withProbes(of: ArmWindow, requests: number, errors = 0): ArmWindow {
  const { latency } = arm(requests);
  return { ...of, probes: { requests, errors, latency } };
}

interface ArmSpec {
  readonly latencyMs: number;
  readonly passed: number;
  readonly failed: number;
}

/** The one-second window with this number; the candidate's weight is what the requests say. */
export function windowAt(
  number: number,
  candidate: ArmWindow | null,
  stable: ArmWindow | null = arm(90),
): Window {
  return {
    number,
    fromMs: number * SECOND_MS,
    intervalMs: SECOND_MS,
    arms: { stable, candidate },
    candidateWeight: weightOf(candidate, stable),
  };
}

function weightOf(candidate: ArmWindow | null, stable: ArmWindow | null): number {
  const of = (arms: ArmWindow | null): number => arms?.requests ?? 0;
  const all = of(candidate) + of(stable);
  return all === 0 ? 10 : Math.min(99, Math.max(1, Math.round((100 * of(candidate)) / all)));
}

/** Windows 0, 1, … of the same kind. */
export function windowsOf(
  count: number,
  candidate: ArmWindow | null,
  stable?: ArmWindow | null,
): readonly Window[] {
  return Array.from({ length: count }, (_, number) => windowAt(number, candidate, stable));
}

export function judgeConfig(changes: Partial<JudgeConfig> = {}): JudgeConfig {
  return {
    criteria: [],
    limits: { leastMs: 10 * SECOND_MS, longestMs: 60 * SECOND_MS, minimumRequests: 50 },
    stepStartedAtMs: 0,
    pausedMs: 0,
    ...changes,
  };
}
